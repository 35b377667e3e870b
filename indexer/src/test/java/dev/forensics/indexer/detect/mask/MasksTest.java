package dev.forensics.indexer.detect.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "/index.html",
        "/api",
        "/api1a2b3c4d",
        "/apiws",
        "/api/v1/users/42/orders",
        "/static/js/jquery-3.6.0.min.js",
        "/images/img0001.jpg",
        "/wp-content/plugins/contact-form/style.css?ver=5.1",
        "/search?q=<5>&lang=en-US&page=2",
        "/oauth2/token",
        "/.well-known/acme-challenge/",
        "/cgi-bin/luci/admin/status",
        "/2026/11/30/news.html",
        "/?wsdl",
        "/auth/realms/login/protocol/openid-connect/token",
        "/oauth2/v1/authorize",
        "/password/reset/request",
        "/api/session/refresh.php",
        "/a?sort=price-desc&lang=de_CH&v=2.1&id=42&grant_type=client_credentials",
        "/login.php?action=login",
        "http://example.org/",
        "https://www.example.org:8443/a/b?page=1",
        "example.org:443",
        "192.0.2.80:443",
        "[2001:db8::1]:443",
      })
  void shouldShowTargetsThatHoldNothing(String target) {
    String expected = target.replace("q=<5>", "q=hello");
    assertThat(Masks.url(expected)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a?token=abcdefghijabcdefghijabcdefghijabcdefghijabc | /a?token=<43>",
        "/a?pass%77ord=geheim&user%5Bpassword%5D=x1 | /a?pass%77ord=<6>&user%5Bpassword%5D=<2>",
        "/a?p%2561ss=abc | /a?p%2561ss=<3>",
        "/a?X-Amz-Signature=ab12&X-Amz-Expires=60 | /a?X-Amz-Signature=<4>&X-Amz-Expires=<2>",
        "/a?client_secret=s;otp=123456;pw=a | /a?client_secret=<1>;otp=<6>;pw=<1>",
        "/a?eyJhbGciOiJIUzI1NiJ9 | /a?<20>",
        "/a?mot_de_passe=geheim&contrase%C3%B1a=x | /a?mot_de_passe=<6>&contrase%C3%B1a=<1>",
        "/a?page=hunter2&lang=Zq7Xk9 | /a?page=<7>&lang=<6>",
        "/a?a=b=c | /a?a=<3>",
        "/a?hunter2hunter=1 | /a?<13>=<1>",
        "/bot123456:AAF-abcdefGHIJ/sendMessage | /bot<21>/sendMessage",
        "/shop;jsessionid=1A2B3C/cart | /shop;jsessionid=<6>/cart",
        "/u/550e8400-e29b-41d4-a716-446655440000/x | /u/<36>/x",
        "/reset/swordfish | /reset/<9>",
        "/reset/swordfish.html | /reset/<14>",
        "/pin/1234/5 | /pin/<4>/<1>",
        "/f/d41d8cd98f00b204e9800998ecf8427e.js | /f/<32>.js",
        "/a/%68unter%32 | /a/<11>",
        "/a/QWxhZGRpbjpvcGVuIHNlc2FtZQ | /a/<26>",
        "/cb#access_token=abc | /cb#<16>",
        "http://bob:geheim@example.org/x | http://bob:<6>@example.org/x",
        "http://ghp_16C7e42F292c6912E7710c83@example.org/ | http://<28>@example.org/",
        "hunter2 | <7>",
        "S3cr3t-Zq7/x | <12>",
        "/%74oken/swordfish | /%74oken/<9>",
        "/%2574oken/swordfish | /%2574oken/<9>",
        "/reset%2Fswordfish | /<17>",
        "/reset-password/dragon/edit | /reset-password/<6>/edit",
        "/resetPassword/dragon | /resetPassword/<6>",
        "/set_password/letmein | /set_password/<7>",
        "/passcode/dragon | /passcode/<6>",
        "/mot-de-passe/soleil | /mot-de-passe/<6>",
        "/contrase%C3%B1a/verano | /contrase%C3%B1a/<6>",
        "/unlock/dragon/hunter | /unlock/<6>/<6>",
        "/api/v1/hooks/dragon | /api/v1/hooks/<6>",
        "/magic-link/dragon.html | /magic-link/<11>",
        "/auth/login/swordfish | /auth/login/<9>",
        "/token-swordfish | /<15>",
        "/password/s-e-c | /password/<5>",
        "/a/s-e-c-r-e-t | /a/<11>",
        "/hunter9387.jpg | /<10>.jpg",
        "/hunter9387 | /<10>",
        "/f/Dragon-9707!/x | /f/<12>/x",
        "/f/tiger_1234.zip | /f/<10>.zip",
        "/verify/1234 | /verify/<4>",
        "/share/Sommer2024/list | /share/<10>/list",
        "/a?id=swordfish&v=dragon&page=letmein | /a?id=<9>&v=<6>&page=<7>",
        "/a?id=1234-5678-9012 | /a?id=<14>",
      })
  void shouldMaskWhatMayBeASecretInATarget(String target, String masked) {
    assertThat(Masks.url(target)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl/8.5.0",
        "Wget/1.21.3",
        "python-requests/2.31.0",
        "Go-http-client/1.1",
        "okhttp/4.9.3",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/120.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) Version/17.1 Mobile/15E148",
        "Dalvik/2.1.0 (Linux; U; Android 11; SM-G991B Build/RP1A.200720.012)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Microsoft-HTTPAPI/2.0",
        "Apache/2.4.57 (Debian) OpenSSL/3.0.11 PHP/8.2.7",
        "nginx",
        "220 mail.example.org ESMTP Postfix (Ubuntu)",
        "220 (vsFTPd 3.0.5)",
        "+OK Dovecot ready.",
        "* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR STARTTLS] Dovecot ready.",
      })
  void shouldShowSoftware(String text) {
    assertThat(Masks.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "App/1.0 (token=abc123def456) | App/1.0 (token=<12>)",
        "App/1.0 Zq7Xk9mPw3Rt5 | App/1.0 <13>",
        "s3cr3t-p4ssw0rd | <15>",
        "key:geheim | key:<6>",
        "eyJhbGciOiJIUzI1NiJ9.e30.x1y2z3 | <31>",
        "correct qzjxkvbwpf | correct <10>",
        "App/1.0 Sommer2024 Hunter2 abc123 | App/1.0 <10> <7> <6>",
        "App/1.0 s-e-c-r-e-t | App/1.0 <11>",
        "220 welcome, use Dragon-9707! | 220 welcome, use <12>",
        "Dragon-9707!/1.0 | <16>",
        "nginx/Dragon-9707! | <18>",
        "curl/8.5.0 (tiger-42) | curl/8.5.0 (<8>)",
        "App/1.0 Dragon97! | App/1.0 <9>",
      })
  void shouldMaskTokensInText(String text, String masked) {
    assertThat(Masks.text(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "web.telegram.org",
        "localhost",
        "server01",
        "192.0.2.1",
        "2001:db8::1",
        "ec2-203-0-113-25.compute-1.amazonaws.com",
        "d111111abcdef8.cloudfront.net",
        "r3---sn-4g5ednsl.googlevideo.com",
        "_ldap._tcp.example.org",
        "xn--bcher-kva.example",
        "*.example.org",
        "www.EXAMPLE.org",
        "intranet"
      })
  void shouldShowHosts(String host) {
    assertThat(Masks.host(host)).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Zq7Xk9mPw3Rt5.example.org | <13>.example.org",
        "a1b2c3d4e5f6a1b2c3d4e5f6.example.org | <24>.example.org",
        "hunter2 | <7>",
        "sk_live_51HAbCdEf.example.org | <29>",
        "eyJhbGci.eyJzdWIi.c2ln1 | <23>",
        "pass word.org | <9>.org",
      })
  void shouldMaskWhatIsNoHost(String host, String masked) {
    assertThat(Masks.host(host)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "bob42",
        "j.doe",
        "DOMAIN\\bob",
        "bob@example.org",
        "svc_backup01",
        "root",
        "WS01$",
        "JSmith42",
        "admin",
        "10023456",
        "x"
      })
  void shouldShowUsers(String user) {
    assertThat(Masks.user(user)).isEqualTo(user);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a | <40>",
        "glpat-AbCd3FgH1jKlMn0pQrSt | <26>",
        "P@ss/w0rd! | <10>",
        "d41d8cd98f00b204e9800998ecf8427e | <32>",
        "a1b2c3d4 | <8>",
        "qzjxkvbwpf | <10>",
        "AKIAIOSFODNN7EXAMPLE | <20>",
        "mysql -pgeheim | <14>",
        "root hunter | <11>",
        "John Smith | <10>",
        "d-r-a-g-o-n | <11>",
      })
  void shouldMaskTokensAsUsers(String user, String masked) {
    assertThat(Masks.user(user)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html; charset=UTF-8 | text/html; charset=UTF-8",
        "multipart/form-data; boundary=----WebKitFormBoundary7MA4 "
            + "| multipart/form-data; boundary=<26>",
        "application/x-www-form-urlencoded | application/x-www-form-urlencoded",
        "application/vnd.ms-excel | application/vnd.ms-excel",
        "application/json | application/json",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            + " | application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "image/svg+xml | image/svg+xml",
        "*/* | */*",
        "text/dragon | text/<6>",
        "dragon/hunter | <13>",
        "text/plain; charset=dragon | text/plain; charset=<6>",
        "text/plain; charset=\"iso-8859-15\" | text/plain; charset=\"iso-8859-15\"",
        "Zq7Xk9mPw3Rt5 | <13>",
      })
  void shouldMaskParametersOfMediaTypes(String type, String masked) {
    assertThat(Masks.mediaType(type)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=example.org | CN=example.org",
        "CN=DigiCert SHA2 Secure Server CA,O=DigiCert Inc,C=US "
            + "| CN=DigiCert SHA2 Secure Server CA,O=DigiCert Inc,C=US",
        "CN=Zq7Xk9mPw3Rt5,OU=\"a, b\" | CN=<13>,OU=\"a, b\"",
      })
  void shouldMaskTokensInNamesOfCertificates(String name, String masked) {
    assertThat(Masks.distinguishedName(name)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=spf1 include:example.org -all | v=spf1<25>",
        "v=DMARC1; p=none | v=DMARC1<8>",
        "v=spf1dragon | v=<10>",
        "google-site-verification=abc | google-site-verification=<3>",
        "dragon hunter | <13>",
        "MS=dragon | MS=<6>",
      })
  void shouldMaskTextsOfDns(String text, String masked) {
    assertThat(Masks.dnsText(text)).isEqualTo(masked);
  }

  @Test
  void shouldShowOnlyKnownMethodsSchemesAndMechanisms() {
    assertThat(Masks.method("PROPFIND")).isEqualTo("PROPFIND");
    assertThat(Masks.method("HUNTER")).isEqualTo("<6>");
    assertThat(Masks.scheme("basic")).isEqualTo("basic");
    assertThat(Masks.scheme("hunter2")).isEqualTo("<7>");
    assertThat(Masks.mechanism("PLAIN")).isEqualTo("PLAIN");
    assertThat(Masks.mechanism("AGJVYGBZ")).isEqualTo("<8>");
    assertThat(Masks.alpn("h2")).isEqualTo("h2");
    assertThat(Masks.alpn("h3-29")).isEqualTo("h3-29");
    assertThat(Masks.alpn("dragon")).isEqualTo("<6>");
    assertThat(Masks.upgrade("websocket")).isEqualTo("websocket");
    assertThat(Masks.upgrade("geheim")).isEqualTo("<6>");
  }

  @Test
  void shouldLeaveNothingAsItIs() {
    assertThat(Masks.url(null)).isNull();
    assertThat(Masks.url("")).isEmpty();
    assertThat(Masks.user(null)).isNull();
  }

  /** Tokens as machines draw them, in each place; none passes in any mask. */
  @Test
  void shouldMaskDrawnTokensEverywhere() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      String token = token(random);
      for (UnaryOperator<String> mask : MASKS) {
        assertThat(mask.apply(token)).doesNotContain(token);
      }
      assertThat(Masks.url("/" + token + "/x?a=" + token + "&" + token + "=1;" + token))
          .doesNotContain(token);
      assertThat(Masks.text("App/1.0 (" + token + ") x/" + token)).doesNotContain(token);
    }
  }

  private static final java.util.List<UnaryOperator<String>> MASKS =
      java.util.List.of(
          Masks::url,
          Masks::path,
          Masks::query,
          Masks::host,
          Masks::authority,
          Masks::user,
          Masks::text,
          Masks::software,
          Masks::name,
          Masks::method,
          Masks::scheme,
          Masks::mechanism,
          Masks::upgrade,
          Masks::mediaType,
          Masks::distinguishedName);

  private static String token(Random random) {
    byte[] bytes = new byte[12 + random.nextInt(20)];
    random.nextBytes(bytes);
    return switch (random.nextInt(4)) {
      case 0 -> HexFormat.of().formatHex(bytes);
      case 1 -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      case 2 -> new UUID(random.nextLong(), random.nextLong()).toString();
      default -> Base64.getEncoder().encodeToString(bytes);
    };
  }
}
