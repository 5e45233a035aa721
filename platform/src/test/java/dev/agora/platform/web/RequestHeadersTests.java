package dev.agora.platform.web;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.PreconditionFailed;
import dev.agora.platform.web.conditional.IfMatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class RequestHeadersTests {

	private static final Optional<Caller> MEMBER = Optional.of(new Caller("1", "ann", "Ann", 1, "s", false));

	@Test
	void parsesTheConsistency() {
		assertThat(Consistency.parse(null)).isEqualTo(Consistency.SESSION);
		assertThat(Consistency.parse("eventual")).isEqualTo(Consistency.EVENTUAL);
		assertThat(Consistency.parse("strong")).isEqualTo(Consistency.STRONG);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "STRONG", "linearizable", "eventual, strong" })
	void refusesAnUnknownConsistency(String header) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> Consistency.parse(header))
			.satisfies((problem) -> assertThat(problem.errors().get(0).field()).isEqualTo("Consistency"));
	}

	@Test
	void allowsMembersACopyOnlyIfTheyAcceptEventualConsistency() {
		assertThat(Consistency.SESSION.allowsCopy(MEMBER)).isFalse();
		assertThat(Consistency.SESSION.allowsCopy(Optional.empty())).isTrue();
		assertThat(Consistency.EVENTUAL.allowsCopy(MEMBER)).isTrue();
		assertThat(Consistency.STRONG.allowsCopy(Optional.empty())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "-1", "1e3", "", "99999999999" })
	void refusesALimitOutOfRange(String limit) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> PageRequest.parse(limit, null))
			.satisfies((problem) -> assertThat(problem.errors().get(0).field()).isEqualTo("limit"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "{$gt: 1}", "0123456789ABCDEF" })
	void refusesACursorThatIsNoId(String cursor) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> PageRequest.parse(null, cursor))
			.satisfies((problem) -> assertThat(problem.errors().get(0).field()).isEqualTo("cursor"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"3\"", "\"2\", \"3\"", "*" })
	void acceptsTheCurrentVersion(String header) {
		assertThatNoException().isThrownBy(() -> IfMatch.parse(header).orElseThrow().require(3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"2\"", "W/\"3\"", "\"03\"", "\"any\"" })
	void refusesAnotherVersion(String header) {
		assertThatExceptionOfType(PreconditionFailed.class)
			.isThrownBy(() -> IfMatch.parse(header).orElseThrow().require(3))
			.satisfies((problem) -> assertThat(problem.status()).isEqualTo(412));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"3.5e1f\"", "\"3.\"", "\"3\"", "\"2.1\", \"3.x.y\"", "*" })
	void acceptsTheCurrentEdition(String header) {
		assertThatNoException().isThrownBy(() -> IfMatch.parse(header).orElseThrow().requireEdition(3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"2.3\"", "W/\"3.5e1f\"", "\"03.1\"", "\"33.1\"", "\".3\"", "\"any\"" })
	void refusesAnotherEdition(String header) {
		assertThatExceptionOfType(PreconditionFailed.class)
			.isThrownBy(() -> IfMatch.parse(header).orElseThrow().requireEdition(3))
			.satisfies((problem) -> assertThat(problem.status()).isEqualTo(412));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "3", "\"3", "\"\"" })
	void refusesAHeaderWithoutAnEntityTag(String header) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> IfMatch.parse(header))
			.satisfies((problem) -> assertThat(problem.errors().get(0).field()).isEqualTo("If-Match"));
	}

	@Test
	void comparesIdempotentRequestsByCallerKeyAndBody() {
		Idempotency first = Idempotency.of("k", "ann", "body").orElseThrow();
		assertThat(Idempotency.of("k", "ann", "body")).contains(first);
		assertThat(Idempotency.of("k", "bob", "body").orElseThrow().key()).isNotEqualTo(first.key());
		assertThat(Idempotency.of("k", "ann", "other").orElseThrow().content()).isNotEqualTo(first.content());
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> Idempotency.of("a b", "ann", "body"));
	}

}
