package dev.agora.gateway.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class ClientCookieTests {

	private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz-0123456789_ABCDE";

	private static final String OTHER = "0".repeat(43);

	@ParameterizedTest
	@ValueSource(strings = { "", "a=b", "__Host-agora2=x", "x__Host-agora=x", "a=__Host-agora", "__host-agora=x" })
	void isEmptyWhenNothingWasSent(String header) {
		assertThat(cookie(header).isSent()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora=" + TOKEN, "a=b; __Host-agora=" + TOKEN, "__Host-agora=" + TOKEN + ";a=b",
			"__Host-agora=\"" + TOKEN + "\"", "a; __Host-agora = " + TOKEN })
	void hasATokenInTheFormInWhichItWasSet(String header) {
		assertThat(cookie(header).token()).contains(new ClientToken(TOKEN, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "__Host-agora", "__Host-agora=", "__Host-agora=; a=b", "__Host-agora=short",
			"__Host-agora=a b\"c", "__Host-agora=\"\"", "__Host-agora=\u00e9", "__Host-agora=x; __Host-agora=y",
			"__Host-agora=" + TOKEN + "; __Host-agora=" + TOKEN })
	void hasNoTokenWhenItIsEmptyMalformedOrDuplicate(String header) {
		assertThat(cookie(header).isSent()).isTrue();
		assertThat(cookie(header).token()).isEmpty();
	}

	@Test
	void hasNoTokenWhenTwoHeadersDuplicateIt() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(HttpHeaders.COOKIE, "__Host-agora=" + TOKEN);
		headers.add(HttpHeaders.COOKIE, "__Host-agora=" + OTHER);
		ClientCookie cookie = ClientCookie.of(headers);
		assertThat(cookie.token()).isEmpty();
		assertThat(cookie.tokens()).containsExactly(new ClientToken(TOKEN, true), new ClientToken(OTHER, true));
	}

	@Test
	void hidesTheSecretInItsText() {
		assertThat(cookie("__Host-agora=" + TOKEN)).hasToString("ClientCookie[1]");
	}

	private static ClientCookie cookie(String header) {
		HttpHeaders headers = new HttpHeaders();
		headers.add(HttpHeaders.COOKIE, header);
		return ClientCookie.of(headers);
	}

}
