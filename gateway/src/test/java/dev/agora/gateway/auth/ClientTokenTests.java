package dev.agora.gateway.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import dev.agora.platform.problem.Unauthenticated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClientTokenTests {

	private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz-0123456789_ABCDE";

	@Test
	void isEmptyWhenNothingWasSent() {
		assertThat(ClientToken.ofHeader(new HttpHeaders())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer " + TOKEN, "bearer " + TOKEN, "BEARER  " + TOKEN })
	void isReadFromTheHeader(String header) {
		assertThat(ClientToken.ofHeader(headers(header))).contains(new ClientToken(TOKEN, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Basic YTpi", "basic YTpi", "Basic", "Digest username=\"a\"", "Negotiate abc",
			"Bearertoken x", "AWS4-HMAC-SHA256 Credential=a/b, Signature=c" })
	void ignoresOtherSchemes(String header) {
		assertThat(ClientToken.ofHeader(headers(header))).isEmpty();
		assertThat(ClientToken.ofHeader(headers(header, "Bearer " + TOKEN))).contains(new ClientToken(TOKEN, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer ", "Bearer short", TOKEN, "Bearer " + TOKEN + " x",
			"Bearer " + TOKEN + "x", "Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=" })
	void rejectsAMalformedBearerToken(String header) {
		assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> ClientToken.ofHeader(headers(header)));
	}

	@Test
	void rejectsTwoTokens() {
		assertThatExceptionOfType(Unauthenticated.class)
			.isThrownBy(() -> ClientToken.ofHeader(headers("Bearer " + TOKEN, "Bearer " + TOKEN)));
	}

	@Test
	void hidesTheSecretInItsText() {
		assertThat(new ClientToken(TOKEN, true)).hasToString("ClientToken[fromCookie=true]");
	}

	private static HttpHeaders headers(String... authorization) {
		HttpHeaders headers = new HttpHeaders();
		for (String each : authorization) {
			headers.add(HttpHeaders.AUTHORIZATION, each);
		}
		return headers;
	}

}
