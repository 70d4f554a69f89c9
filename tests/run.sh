#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the extension with its tests and runs them all. Debian 12; what is missing is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/packages.sh

install_packages "${BUILD_PACKAGES[@]}"
echo "Building build/release with tests (a few minutes the first time)"
quietly cmake --preset release
quietly cmake --build --preset release
exec ctest --preset release
