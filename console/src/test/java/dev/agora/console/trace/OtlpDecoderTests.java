package dev.agora.console.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OtlpDecoderTests {

	private final Map<String, Span> spans = new HashMap<>();

	private final OtlpDecoder decoder = new OtlpDecoder(this.spans::put);

	@Test
	void readsASpan() throws IOException {
		this.decoder.decode(TestSpans.request("POST /posts", "request.id", "r1"), false);
		Span span = this.spans.get(TestSpans.TRACE);
		assertThat(span).isEqualTo(new Span("b7ad6b7169203331", "", "POST /posts", "SERVER", "feed-service", "", 5000,
				4000, true, Map.of("request.id", "r1")));
	}

	@Test
	void readsACompressedBody() throws IOException {
		this.decoder.decode(zipped(TestSpans.request("GET /feed", "a", "b")), true);
		assertThat(this.spans).containsKey(TestSpans.TRACE);
	}

	@Test
	void shortensLongTexts() throws IOException {
		this.decoder.decode(TestSpans.request("n".repeat(5000), "k", "v".repeat(5000)), false);
		Span span = this.spans.get(TestSpans.TRACE);
		assertThat(span.name()).hasSize(200);
		assertThat(span.attributes().get("k")).hasSize(200);
	}

	@Test
	void dropsASpanWithoutATime() throws IOException {
		this.decoder.decode(TestSpans.request("POST /posts", "a", "b", 0), false);
		assertThat(this.spans).isEmpty();
	}

	@Test
	void refusesGarbage() {
		assertThatThrownBy(() -> this.decoder.decode("{\"resourceSpans\": []}".getBytes(StandardCharsets.UTF_8), false))
			.isInstanceOf(IOException.class);
		assertThatThrownBy(() -> this.decoder.decode(new byte[] { 10, 127, 1 }, false)).isInstanceOf(IOException.class);
		assertThatThrownBy(() -> this.decoder.decode(new byte[] { 1, 2, 3 }, true)).isInstanceOf(IOException.class);
	}

	@Test
	void refusesASmallBodyThatUnpacksToALargeOne() throws IOException {
		byte[] bomb = zipped(new byte[OtlpDecoder.MAX_DECODED * 2]);
		assertThat(bomb).hasSizeLessThan(100_000);
		assertThatThrownBy(() -> this.decoder.decode(bomb, true)).isInstanceOf(IOException.class)
			.hasMessageContaining("larger than");
	}

	private static byte[] zipped(byte[] content) throws IOException {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
			gzip.write(content);
		}
		return zipped.toByteArray();
	}

}
