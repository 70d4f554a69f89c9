// SPDX-License-Identifier: MIT
// Signing in through the browser, with a real listener: the test plays the browser from a thread of its own.
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <string>
#include <vector>

#include "auth/callback_listener.h"
#include "auth/sign_in.h"
#include "auth_fixture.h"
#include "loopback_client.h"

namespace infusionsoft {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

ConnectionOptions SignInOptions() {
  ConnectionOptions options = RefreshOptions();
  options.initiate_oauth = InitiateOAuth::kGetAndRefresh;
  options.callback_url = "http://localhost:0/back";
  return options;
}

using Pages = std::vector<std::string>;

// One person at a browser: acts on the sign-in URL in a thread, and keeps the pages that are shown. Assertions belong
// to the test's own thread.
struct Person {
  using Act = std::function<Pages(const std::string& callback, const std::string& state)>;
  Person(Fixture& fixture, Act act) {
    fixture.browser.on_open = [this, act](const std::string& url) {
      const auto params = http::ParseQuery(http::ParseUrl(url)->query).value();
      const std::string callback(http::FindParam(params, "redirect_uri"));
      const std::string state(http::FindParam(params, "state"));
      pages_ = std::async(std::launch::async, act, callback, state);
    };
  }
  Pages Seen() { return pages_.get(); }
  std::string Page() { return pages_.get().at(0); }

 private:
  std::future<Pages> pages_;
};

std::string Visit(const std::string& callback, const std::string& target) {
  LoopbackClient client(callback);
  client.Get(target);
  return client.Read();
}

TEST_CASE("SignIn: browser, code, exchange, save, page", "[auth][threads]") {
  Fixture f(SignInOptions());
  Person person(f, [](const std::string& callback, const std::string& state) {
    return Pages{callback, state, Visit(callback, "/favicon.ico"), Visit(callback, "/back"),
                 Visit(callback, "/back?code=CODE-secret&scope=full&state=" + state)};
  });
  CHECK(f.Token() == "ACCESS-1");
  const Pages pages = person.Seen();
  const std::string& redirect = pages.at(0);
  CHECK(pages.at(1).size() == 32);
  CHECK_THAT(pages.at(2), StartsWith("HTTP/1.1 404"));
  CHECK_THAT(pages.at(3), StartsWith("HTTP/1.1 400"));
  CHECK_THAT(pages.at(4), StartsWith("HTTP/1.1 200 OK") && Contains("Signed in") && Contains("Cache-Control: no-store"));
  CHECK_THAT(redirect, StartsWith("http://localhost:") && !StartsWith("http://localhost:0"));
  CHECK(FormValue(f.endpoint.transport.requests().at(0), "redirect_uri") == redirect);
  CHECK(f.state->tokens->access_token == Secret("ACCESS-1"));
  CHECK(f.browser.urls.size() == 1);
}

TEST_CASE("SignIn: after invalid_grant the person is asked", "[auth][threads]") {
  Fixture f(SignInOptions());
  f.Store(-1s);
  f.endpoint.good_refresh = "another";
  Person person(f, [](const std::string& callback, const std::string& state) {
    return Pages{Visit(callback, "/back?code=CODE-secret&state=" + state)};
  });
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.state->tokens->grant.size() == 32);
  CHECK_THAT(person.Page(), StartsWith("HTTP/1.1 200"));
}

TEST_CASE("SignIn: denied", "[auth][threads]") {
  Fixture f(SignInOptions());
  Person person(f, [](const std::string& callback, const std::string& state) {
    return Pages{
        Visit(callback, "/back?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=" + state)};
  });
  const Status status = f.Failure();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK_THAT(status.message(), Contains("access_denied"));
  CHECK_THAT(person.Page(), Contains("Not signed in") && Contains("&lt;script&gt;") && !Contains("<script>"));
  CHECK(f.endpoint.calls == 0);
}

TEST_CASE("SignIn: a wrong state is shown, ignored, and does not end the sign-in", "[auth][threads]") {
  Fixture f(SignInOptions());
  Person person(f, [](const std::string& callback, const std::string& state) {
    const std::string wrong(state.size(), '0');
    return Pages{Visit(callback, "/back?code=CODE-secret&state=" + wrong),
                 Visit(callback, "/back?error=access_denied&state=" + wrong),
                 Visit(callback, "/back?code=CODE-secret&state=" + state)};
  });
  CHECK(f.Token() == "ACCESS-1");
  const Pages pages = person.Seen();
  CHECK_THAT(pages.at(0), StartsWith("HTTP/1.1 400") && Contains("does not belong"));
  CHECK_THAT(pages.at(1), StartsWith("HTTP/1.1 400") && Contains("does not belong"));
  CHECK_THAT(pages.at(2), StartsWith("HTTP/1.1 200"));
  CHECK(f.endpoint.calls == 1);
}

// Any page can make the browser send these, and any user of the machine.
TEST_CASE("SignIn: what comes without the state is shown, ignored, and does not end the sign-in", "[auth][threads]") {
  Fixture f(SignInOptions());
  Person person(f, [](const std::string& callback, const std::string& state) {
    Pages pages;
    for (const char* target : {"/back?error=x", "/back?error=x&error_description=words&state=", "/back?code=CODE-secret",
                               "/back?error=x&code=CODE-secret"}) {
      pages.push_back(Visit(callback, target));
    }
    pages.push_back(Visit(callback, "/back?code=CODE-secret&state=" + state));
    return pages;
  });
  CHECK(f.Token() == "ACCESS-1");
  const Pages pages = person.Seen();
  REQUIRE(pages.size() == 5);
  for (size_t i = 0; i < 4; ++i) {
    CHECK_THAT(pages[i], StartsWith("HTTP/1.1 400") && Contains("infusionsoft_exchange_code()") && !Contains("words"));
  }
  CHECK_THAT(pages.at(4), StartsWith("HTTP/1.1 200"));
  CHECK(f.endpoint.calls == 1);
}

TEST_CASE("SignIn: whoever does not know the state writes nothing into the error", "[auth][threads]") {
  auto listener = CallbackListener::Open("http://127.0.0.1:0/");
  REQUIRE(listener);
  struct Waiting {
    FakeClock clock;
    std::future<Pages> pages;
  } waiting;
  waiting.pages = std::async(std::launch::async, [&] {
    return Pages{Visit(listener->redirect_uri(), "/?error=their+words&error_description=their+words"),
                 Visit(listener->redirect_uri(), "/?error=their+words&state=guessed")};
  });
  const Cancellation until_seen(
      [](void* context) {
        auto& self = *static_cast<Waiting*>(context);
        if (self.pages.wait_for(0s) == std::future_status::ready) self.clock.Advance(kSignInPatience);
        return false;
      },
      &waiting);
  const auto code = listener->WaitForCode("the state", waiting.clock, until_seen);
  REQUIRE(!code);
  CHECK_THAT(code.status().message(), Contains("within 120 s") && Contains("ignored") && !Contains("their words"));
}

TEST_CASE("SignIn: the page shows that the exchange or the save failed", "[auth][threads]") {
  Fixture f(SignInOptions());
  Person person(f, [](const std::string& callback, const std::string& state) {
    return Pages{Visit(callback, "/back?code=CODE-wrong&state=" + state)};
  });
  CHECK_THAT(f.Token(), Contains("invalid_grant"));
  CHECK_THAT(person.Page(), StartsWith("HTTP/1.1 400") && Contains("Not signed in") && Contains("invalid_grant"));

  Fixture g(SignInOptions());
  g.state->save_failure = Status(StatusCode::kUnavailable, "the tokens could not be saved in /x: No space left on device");
  Person other(g, [](const std::string& callback, const std::string& state) {
    return Pages{Visit(callback, "/back?code=CODE-secret&state=" + state)};
  });
  CHECK_THAT(g.Token(), Contains("No space left"));
  CHECK_THAT(other.Page(), Contains("No space left"));
  CHECK(g.Token() == "ACCESS-1");
}

TEST_CASE("SignIn: speculative, slow and oversized connections do not stand in the way", "[auth][threads]") {
  Fixture f(SignInOptions());
  Person person(f, [](const std::string& callback, const std::string& state) {
    LoopbackClient silent(callback);
    LoopbackClient another(callback);
    LoopbackClient slow(callback);
    slow.Send("GET /back?code=CODE-sec");
    LoopbackClient greedy(callback);
    greedy.Send("GET /" + std::string(20000, 'x'));
    Pages pages{greedy.Read(), Visit(callback, "/back/../other")};
    LoopbackClient post(callback);
    post.Send("POST /back?code=CODE-secret&state=" + state + " HTTP/1.1\r\n\r\n");
    pages.push_back(post.Read());
    LoopbackClient nonsense(callback);
    nonsense.Send("\x16\x03\x01 hello\r\n\r\n");
    pages.push_back(nonsense.Read());
    slow.Send("ret&state=" + state + " HTTP/1.1\r\n");
    slow.Send("\r\n");
    pages.push_back(slow.Read());
    return pages;
  });
  CHECK(f.Token() == "ACCESS-1");
  const Pages pages = person.Seen();
  CHECK_THAT(pages.at(0), StartsWith("HTTP/1.1 431"));
  CHECK_THAT(pages.at(1), StartsWith("HTTP/1.1 404"));
  CHECK_THAT(pages.at(2), StartsWith("HTTP/1.1 405"));
  CHECK_THAT(pages.at(3), StartsWith("HTTP/1.1 400"));
  CHECK_THAT(pages.at(4), StartsWith("HTTP/1.1 200"));
}

TEST_CASE("SignIn: who sends for ever, and who opens more connections than there are places", "[auth][threads]") {
  static constexpr size_t kEndless = size_t{64} << 20;
  Fixture f(SignInOptions());
  Person person(f, [](const std::string& callback, const std::string& state) {
    std::vector<LoopbackClient> silent;
    for (int i = 0; i < 100; ++i) silent.emplace_back(callback);
    LoopbackClient endless(callback);
    const size_t taken = endless.Send("GET /" + std::string(kEndless, 'x'));
    return Pages{Visit(callback, "/back?code=CODE-secret&state=" + state), std::to_string(taken)};
  });
  CHECK(f.Token() == "ACCESS-1");
  const Pages pages = person.Seen();
  CHECK_THAT(pages.at(0), StartsWith("HTTP/1.1 200"));
  CHECK(std::stoul(pages.at(1)) < kEndless / 2);  // the sockets' buffers
}

TEST_CASE("SignIn: cancelled, and nobody comes", "[auth]") {
  Fixture f(SignInOptions());
  int asked = 0;
  const Cancellation stop([](void* count) { return ++*static_cast<int*>(count) > 2; }, &asked);
  CHECK(f.credentials().AccessToken(stop).status().code() == StatusCode::kInterrupted);

  // Each question moves the clock: the test does not wait two minutes.
  const Cancellation never(
      [](void* clock) {
        static_cast<FakeClock*>(clock)->Advance(30s);
        return false;
      },
      &f.clock);
  const Status status = f.credentials().AccessToken(never).status();
  CHECK(status.code() == StatusCode::kUnauthenticated);
  CHECK_THAT(status.message(), Contains("within 120 s"));
}

TEST_CASE("SignIn: no browser and no terminal", "[auth]") {
  Fixture f(SignInOptions());
  f.browser.failure = Status(StatusCode::kUnavailable, "there is neither a browser nor a terminal");
  CHECK(f.Failure().code() == StatusCode::kUnauthenticated);  // trying again would not help
  CHECK_THAT(f.Token(), Contains("neither a browser"));
}

TEST_CASE("CallbackListener: what cannot be listened on", "[auth]") {
  for (const char* url : {"https://app.example/cb", "https://localhost:33333"}) {
    const auto listener = CallbackListener::Open(url);
    REQUIRE(!listener);
    CHECK_THAT(listener.status().message(), Contains("CallbackURL") && Contains("OAuthVerifier"));
  }
  const auto first = CallbackListener::Open("http://127.0.0.1:0");
  REQUIRE(first);
  const auto second = CallbackListener::Open(first->redirect_uri());
  REQUIRE(!second);
  CHECK_THAT(second.status().message(), Contains("CallbackURL") && Contains("in use"));
}

// No descriptor can be had until the listener has looked five times.
struct DescriptorShortage {
  DescriptorShortage() {
    const int lowest_free = dup(STDIN_FILENO);
    close(lowest_free);
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{static_cast<rlim_t>(lowest_free), before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~DescriptorShortage() { setrlimit(RLIMIT_NOFILE, &before); }
  bool Look() {
    if (++looks == 5) {
      setrlimit(RLIMIT_NOFILE, &before);
      lasted = std::chrono::steady_clock::now() - begin;
    }
    return false;
  }

  rlimit before{};
  int looks = 0;
  const std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
  std::chrono::steady_clock::duration lasted{};
};

TEST_CASE("CallbackListener: without descriptors it neither spins nor gives up", "[auth]") {
  auto listener = CallbackListener::Open("http://127.0.0.1:0/back");
  REQUIRE(listener);
  LoopbackClient client(listener->redirect_uri());
  client.Get("/back?code=CODE-secret&state=its-state");
  FakeClock clock;
  DescriptorShortage shortage;
  const Cancellation never([](void* context) { return static_cast<DescriptorShortage*>(context)->Look(); }, &shortage);
  const auto code = listener->WaitForCode("its-state", clock, never);
  REQUIRE(code);
  CHECK(*code == Secret("CODE-secret"));
  CHECK(shortage.lasted >= 190ms);  // two slices; milliseconds less where clocks differ
}

TEST_CASE("CallbackUrl: port 0 is any port", "[auth]") {
  CHECK(ParseCallbackUrl("http://localhost:0/x")->port == 0);
  CHECK(ParseCallbackUrl("http://[::1]:0")->port == 0);
  CHECK(ParseCallbackUrl("http://localhost:33333/a:0")->port == 33333);
  CHECK(!ParseCallbackUrl("localhost:0"));
  CHECK(WithPort("http://localhost:0/a:0", 81) == "http://localhost:81/a:0");
  CHECK(WithPort("http://localhost/a:0", 81) == "http://localhost/a:0");
}

TEST_CASE("Credentials: signing in on another machine", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  Fixture f(options);
  const std::string url = f.credentials().AuthorizeUrl(Cancellation()).value();
  RequireNoSecret(url);
  const auto params = http::ParseQuery(http::ParseUrl(url)->query).value();
  CHECK(http::FindParam(params, "redirect_uri") == "http://localhost:33333");
  const std::string state(http::FindParam(params, "state"));
  CHECK(state.size() == 32);

  CHECK_THAT(f.credentials().ExchangeCode(Secret("CODE-wrong"), Cancellation()).message(), Contains("invalid_grant"));
  CHECK_THAT(
      f.credentials().ExchangeCode(Secret("http://localhost:33333/?code=CODE-secret&state=x"), Cancellation()).message(),
      Contains("another sign-in"));
  CHECK(
      f.credentials().ExchangeCode(Secret("http://localhost:33333/?code=CODE-secret&state=" + state), Cancellation()).ok());
  CHECK(f.Token() == "ACCESS-1");
  CHECK(f.state->tokens->access_token == Secret("ACCESS-1"));

  f.state->load_failure = Status(StatusCode::kUnauthenticated, "damaged");
  const int calls = f.endpoint.calls;
  CHECK(!f.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation()).ok());
  CHECK(f.endpoint.calls == calls);  // the code is not spent on a store that cannot take the tokens

  Fixture none{ConnectionOptions()};
  CHECK_THAT(none.credentials().AuthorizeUrl(Cancellation()).status().message(), Contains("OAuthClientId"));
  CHECK_THAT(none.credentials().ExchangeCode(Secret("x"), Cancellation()).message(), Contains("OAuthClientId"));
}

TEST_CASE("Credentials: OFF can use what ExchangeCode brought, for this session", "[auth]") {
  ConnectionOptions options = RefreshOptions();
  options.initiate_oauth = InitiateOAuth::kOff;
  Fixture f(options);
  CHECK(f.Failure().code() == StatusCode::kUnauthenticated);
  CHECK(f.credentials().ExchangeCode(Secret("CODE-secret"), Cancellation()).ok());
  CHECK(f.Token() == "ACCESS-1");
}

}  // namespace
}  // namespace infusionsoft
