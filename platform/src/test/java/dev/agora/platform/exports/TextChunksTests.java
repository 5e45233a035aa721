package dev.agora.platform.exports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TextChunksTests {

	/** Kafka refuses larger records by default. */
	private static final int MAX_RECORD = 1 << 20;

	@ParameterizedTest
	@ValueSource(strings = { "a", "\"", "é", "€", "\uD83D\uDE00", "x\uD83D\uDE00", "\uD83D\uDE00\"€" })
	void keepsLinesOfAnyLengthWholeAndChunksSmall(String character) {
		List<String> lines = List.of("first", character.repeat(200_000), "", character.repeat(3),
				character.repeat(70_000));
		TextChunks chunks = new TextChunks();
		List<String> all = new ArrayList<>();
		lines.forEach((line) -> all.addAll(chunks.add(line)));
		all.addAll(chunks.end());
		assertThat(String.join("", all)).isEqualTo(String.join("\n", lines) + "\n");
		assertThat(all).allSatisfy((chunk) -> {
			byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
			assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(chunk);
			assertThat(bytes.length).isLessThanOrEqualTo(256 << 10);
			assertThat(JsonMapper.shared().writeValueAsBytes(chunk).length).isLessThan(MAX_RECORD / 2);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { TextChunks.LENGTH - 2, TextChunks.LENGTH - 1, TextChunks.LENGTH })
	void endsWithoutAnEmptyChunk(int length) {
		TextChunks chunks = new TextChunks();
		List<String> all = new ArrayList<>(chunks.add("a".repeat(length)));
		all.addAll(chunks.end());
		assertThat(all).allSatisfy((chunk) -> assertThat(chunk).isNotEmpty());
		assertThat(new TextChunks().end()).isEmpty();
	}

}
