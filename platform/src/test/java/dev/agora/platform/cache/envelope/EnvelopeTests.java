package dev.agora.platform.cache.envelope;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.cache.envelope.Envelope.Kind;
import dev.agora.platform.cache.envelope.Envelope.Times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EnvelopeTests {

	private static final Times TIMES = new Times(1753363939123L, 1753364239123L);

	@Test
	void isStoredAsReadableText() {
		Envelope envelope = Envelope.of(Kind.VALUE, 42, TIMES, "{}".getBytes(StandardCharsets.UTF_8));
		assertThat(envelope.bytes()).asString(StandardCharsets.UTF_8)
			.isEqualTo("1 0000000000000000042V 1753363939123 1753364239123 {}");
	}

	@Test
	void parsesItsOwnBytes() {
		Envelope envelope = Envelope.parse(Envelope.of(Kind.TOMBSTONE, Long.MAX_VALUE, TIMES, new byte[0]).bytes());
		assertThat(envelope.kind()).isEqualTo(Kind.TOMBSTONE);
		assertThat(envelope.version()).isEqualTo(Long.MAX_VALUE);
		assertThat(envelope.isFreshAt(TIMES.freshUntil() - 1)).isTrue();
		assertThat(envelope.isFreshAt(TIMES.freshUntil())).isFalse();
		assertThat(envelope.header()).hasSize(Envelope.HEADER_LENGTH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1 ", "{\"name\":\"a\"}", "2 0000000000000000042V 1753363939123 1753364239123 {}",
			"1 000000000000000x042V 1753363939123 1753364239123 {}",
			"1 0000000000000000042Q 1753363939123 1753364239123 {}" })
	void treatsUnreadableBytesAsMissing(String text) {
		Envelope envelope = Envelope.parse(text.getBytes(StandardCharsets.UTF_8));
		assertThat(envelope.kind()).isEqualTo(Kind.MISSING);
	}

	@Test
	void refusesANegativeVersion() {
		assertThatIllegalArgumentException().isThrownBy(() -> Envelope.of(Kind.VALUE, -1, TIMES, new byte[0]));
	}

}
