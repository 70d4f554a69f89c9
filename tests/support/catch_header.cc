// SPDX-License-Identifier: MIT
// Never linked: the target of this file compiles Catch2's header once.
int main() { return 0; }
