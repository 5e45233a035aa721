package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	private static final Set<String> AUTHORS = Set.of("ann", "bob");

	@Test
	void isParsedWithItsIdsAndAuthors() {
		Timeline range = Timeline
			.parse("sorted run 0000000000003 ann,bob bob 0000000000005,0000000000004,0000000000003", 2);
		assertThat(range).isEqualTo(new Timeline(List.of("0000000000005", "0000000000004"), "0000000000003",
				new TimelineSeal("0000000000003", AUTHORS, Set.of("bob"))));
		assertThat(range.lowestId()).isEqualTo("0000000000004");
	}

	@Test
	void isTheLastRangeWhenNoIdFollows() {
		Timeline range = Timeline.parse("sorted run 3 ann - 5,4", 2);
		assertThat(range.isLast()).isTrue();
		assertThat(range.lowestId()).isEqualTo("3");
		assertThat(Timeline.parse("sorted run 3 ann - ", 3).ids()).isEmpty();
	}

	@Test
	void isCompleteWhenTheHistoryIsShorterThanTheLimit() {
		assertThat(Timeline.ofHistory(List.of("5", "4"), 3, AUTHORS, Set.of()).isComplete()).isTrue();
		assertThat(Timeline.ofHistory(List.of(), 3, AUTHORS, Set.of()).isComplete()).isTrue();
	}

	@Test
	void keepsItsIdsAndAuthorsWithoutPulledAuthors() {
		Timeline built = Timeline.ofHistory(List.of("5", "4"), 2, AUTHORS, Set.of("bob"));
		assertThat(built.withoutPulled()).isEqualTo(Timeline.ofHistory(List.of("5", "4"), 2, AUTHORS, Set.of()));
	}

	@Test
	void hasTheLastIdOfAFullHistoryAsItsWatermark() {
		Timeline full = Timeline.ofHistory(List.of("5", "4", "3"), 3, AUTHORS, Set.of());
		assertThat(full.isComplete()).isFalse();
		assertThat(full.watermark()).isEqualTo("3");
	}

	@Test
	void continuesInTheStoreBelowItsWatermarkAndTheCursor() {
		Timeline timeline = Timeline.parse("sorted run 4 ann - 7,5,4", 4);
		assertThat(timeline.storeCursor(null)).isEqualTo("4");
		assertThat(timeline.storeCursor("6")).isEqualTo("4");
		assertThat(timeline.storeCursor("2")).isEqualTo("2");
	}

	@ParameterizedTest
	@CsvSource({ "'5,4,3', 6, true", "'5,4,3', , true", "'', 6, true", "'', , true", "'5,4', 5, false",
			"'5,4', 4, false", "'4,5', , false", "'5,5', , false", "'5,4,6', , false", "'5,4,4', 6, false" })
	void knowsWhetherItIsSorted(String ids, @Nullable String cursor, boolean sorted) {
		assertThat(Timeline.parse("sorted run 0 ann - " + ids, 2).isSortedAfter(cursor)).isEqualTo(sorted);
	}

	@Test
	void knowsTheAuthorsForWhomItWasBuilt() {
		Timeline timeline = Timeline.parse("sorted run 0 ann,bob - ", 1);
		assertThat(timeline.isBuiltFor("ann")).isTrue();
		assertThat(timeline.isBuiltFor("carol")).isFalse();
	}

	@Test
	void hasAKeyWithTheMemberInBraces() {
		assertThat(TimelineCache.key("0SAX3JKRPM3GA")).isEqualTo("feed:timeline:v1:{0SAX3JKRPM3GA}");
	}

}
