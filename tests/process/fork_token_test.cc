// SPDX-License-Identifier: MIT
// Children that are made while another thread of the host is asking for a token.
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "host.h"
#include "sandbox.h"
#include "support/raw_server.h"

namespace infusionsoft::process_test {
namespace {

constexpr const char* kQuery = "SELECT count(*) FROM infusionsoft_tags";

// A token endpoint whose first answer waits until it is let go.
class SlowTokenServer {
 public:
  explicit SlowTokenServer(std::string access_token)
      : access_token_(std::move(access_token)), server_([this](RawConnection& connection) { Serve(connection); }) {}
  ~SlowTokenServer() { LetGo(); }

  std::string url() const { return server_.Url("/token"); }
  void WaitForRequest() const { requests_.wait(0); }
  void LetGo() {
    may_answer_ = true;
    may_answer_.notify_all();
  }
  int requests() const { return requests_; }

 private:
  void Serve(RawConnection& connection) {
    while (!connection.ReadRequest().empty()) {
      const int number = ++requests_;
      requests_.notify_all();
      if (number == 1) may_answer_.wait(false);
      connection.SendResponse("200 OK\r\nContent-Type: application/json",
                              R"({"access_token":")" + access_token_ + R"(","refresh_token":"r)" + std::to_string(number) +
                                  R"(","expires_in":86400})");
    }
  }

  const std::string access_token_;
  std::atomic<int> requests_ = 0;
  std::atomic<bool> may_answer_ = false;
  RawServer server_;
};

class Pipe {
 public:
  Pipe() { REQUIRE(pipe(ends_) == 0); }
  ~Pipe() {
    close(ends_[0]);
    CloseWriteEnd();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void SendByte() { (void)!write(ends_[1], "x", 1); }
  // Also returns when nobody can write any more.
  void WaitForByte() {
    char byte = 0;
    (void)!read(ends_[0], &byte, 1);
  }
  void CloseWriteEnd() {
    if (ends_[1] >= 0) close(std::exchange(ends_[1], -1));
  }

 private:
  int ends_[2] = {-1, -1};
};

struct Account {
  Account() : server(sandbox::Sandbox::Start()), tokens(server->options().access_token) {}
  std::string Connection(const std::string& place) const {
    return "URL=" + server->api_url() + ";OAuthAccessTokenURL=" + tokens.url() +
           ";InitiateOAuth=REFRESH;OAuthClientId=i;OAuthClientSecret=s;OAuthRefreshToken=r0;QueryTimeout=40"
           ";OAuthSettingsLocation=" +
           place;
  }

  TemporaryFolder folder;
  std::unique_ptr<sandbox::Sandbox> server;
  SlowTokenServer tokens;
};

TEST_CASE("fork: a worker made during a refresh waits for its tokens, and no longer", "[fork]") {
  Account account;
  const std::string connection = account.Connection(account.folder.Path("tokens.json"));
  std::string of_parent;
  std::thread refresher([&] { of_parent = Database(connection).Run(kQuery); });
  account.tokens.WaitForRequest();
  Child worker([&] { return Database(connection).Run(kQuery); });
  account.tokens.LetGo();
  refresher.join();
  const std::string of_worker = worker.Wait();
  CHECK(of_parent.find("error") == std::string::npos);
  CHECK(of_worker == of_parent);
  CHECK(account.tokens.requests() == 1);  // the worker found the parent's tokens in the file
}

TEST_CASE("fork: a worker made during a refresh of tokens in memory asks for its own", "[fork]") {
  Account account;
  const std::string connection = account.Connection("memory://fork");
  std::string of_parent;
  std::thread refresher([&] { of_parent = Database(connection).Run(kQuery); });
  account.tokens.WaitForRequest();
  const std::string of_worker = Child([&] { return Database(connection).Run(kQuery); }).Wait();
  account.tokens.LetGo();
  refresher.join();
  CHECK(of_parent.find("error") == std::string::npos);
  CHECK(of_worker == of_parent);
  CHECK(account.tokens.requests() == 2);
}

TEST_CASE("fork: an idle child keeps no token lock when its parent is killed during a refresh", "[fork]") {
  Account account;
  const std::string connection = account.Connection(account.folder.Path("tokens.json"));
  Pipe under_way;
  Pipe forked;
  Pipe end;
  {
    const Child host([&]() -> std::string {
      std::thread refresher([&] { Database(connection).Run(kQuery); });
      under_way.WaitForByte();
      end.CloseWriteEnd();
      if (fork() == 0) {
        forked.SendByte();
        end.WaitForByte();  // until the test closes its end
        _exit(0);
      }
      refresher.join();
      return "";
    });
    account.tokens.WaitForRequest();
    under_way.SendByte();
    forked.WaitForByte();
  }  // kills the host
  CHECK(Database(connection).Run(kQuery).find("error") == std::string::npos);
  CHECK(account.tokens.requests() == 2);
}

}  // namespace
}  // namespace infusionsoft::process_test
