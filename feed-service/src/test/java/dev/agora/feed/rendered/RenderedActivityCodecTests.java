package dev.agora.feed.rendered;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.platform.representation.PageJson;
import dev.agora.platform.web.Page;

import static org.assertj.core.api.Assertions.assertThat;

class RenderedActivityCodecTests {

	private static final String HEADER = "header ";

	private final RenderedActivityCodec codec = new RenderedActivityCodec();

	@ParameterizedTest
	@ValueSource(strings = { "{\"text\":\"plain\"}", "{\"text\":\"Zoë\\n☃ \"}", "{}" })
	void readsWhatItWrote(String json) {
		RenderedActivity read = Objects.requireNonNull(read(written(activity("3", "carol", json))));
		assertThat(read.id()).isEqualTo("3");
		assertThat(read.authorId()).isEqualTo("ann");
		assertThat(read.friendId()).isEqualTo("carol");
		assertThat(read.json()).isEqualTo(json);
	}

	@Test
	void readsAnActivityWithoutAFriend() {
		assertThat(Objects.requireNonNull(read(written(activity("3", null, "{}")))).friendId()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "\n{}", "3\n{}", "3 ann\n{}", "3 ann ", "3 ann \n", "3 ann \n{", "3 ann \nx}",
			" ann \n{}", "{\"id\":\"3\",\"author\": {}, \"text\": \"a\"}" })
	void readsNothingFromAnEntryOfAnotherForm(String entry) {
		assertThat(read(entry)).isNull();
	}

	@Test
	void joinsAPageFromTheJsonOfItsActivities() {
		RenderedActivity first = Objects.requireNonNull(read(written(activity("3", null, "{\"text\":\"Zoë\"}"))));
		RenderedActivity second = activity("2", "carol", "{}");
		assertThat(text(new Page<>(List.of(first, second), "2")))
			.isEqualTo("{\"items\":[{\"text\":\"Zoë\"},{}],\"next\":\"2\"}");
		assertThat(text(new Page<>(List.of(second), null))).isEqualTo("{\"items\":[{}],\"next\":null}");
		assertThat(text(new Page<>(List.of(), null))).isEqualTo("{\"items\":[],\"next\":null}");
	}

	private static String text(Page<RenderedActivity> page) {
		return new String(PageJson.of(page.items(), page.next()), StandardCharsets.UTF_8);
	}

	private String written(RenderedActivity activity) {
		return new String(this.codec.write(activity), StandardCharsets.UTF_8);
	}

	/** Reads an entry that begins after a header, as in the cache. */
	private @Nullable RenderedActivity read(String entry) {
		return this.codec.read((HEADER + entry).getBytes(StandardCharsets.UTF_8), HEADER.length());
	}

	private static RenderedActivity activity(String id, @Nullable String friend, String json) {
		return RenderedActivity.of(new Ids(id, "ann", friend), json.getBytes(StandardCharsets.UTF_8));
	}

	private record Ids(String id, String authorId, @Nullable String friendId) implements ShownActivity {
	}

}
