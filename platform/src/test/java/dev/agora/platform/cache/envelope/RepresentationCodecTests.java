package dev.agora.platform.cache.envelope;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.representation.Representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RepresentationCodecTests {

	private final RepresentationCodec codec = new RepresentationCodec();

	@Test
	void putsTheLengthOfTheTagAndTheTagInFrontOfTheBody() {
		assertThat(this.codec.write(new Representation("\"7.a\"", bytes("{}")))).isEqualTo(bytes("\u0005\"7.a\"{}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"title\": \"\u00e9\u4e16\ud83d\ude00\"}" })
	void readsWhatItWrote(String body) {
		Representation written = Representation.of(Long.MAX_VALUE, bytes(body), bytes(body));
		byte[] entry = bytes("header" + new String(this.codec.write(written), StandardCharsets.UTF_8));
		assertThat(this.codec.read(entry, 6)).isEqualTo(written);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\u0000", "\u0005\"7.a", "\u0005\"7.ab{}", "\u0001\"", "\u0002a\"{}",
			"{\"title\": \"a\"}" })
	void readsNothingFromOtherBytes(String entry) {
		assertThat(this.codec.read(bytes(entry), 0)).isNull();
	}

	@Test
	void readsNothingFromANegativeLength() {
		assertThat(this.codec.read(new byte[] { -1, '"', 'a', '"' }, 0)).isNull();
	}

	@Test
	void refusesATagThatIsTooLong() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.write(new Representation("\"" + "7".repeat(126) + "\"", new byte[0])));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
