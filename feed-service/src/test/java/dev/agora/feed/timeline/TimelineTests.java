package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	private static final Set<String> AUTHORS = Set.of("ann", "bob");

	@Test
	void sortsPushedIdsAndRemovesDuplicates() {
		assertThat(Timeline.ofElements(List.of("3", "5", "3", "4", "5"), "0", AUTHORS, Set.of()).ids())
			.containsExactly("5", "4", "3");
	}

	@Test
	void leavesOutIdsBelowItsWatermark() {
		assertThat(Timeline.ofElements(List.of("5", "2", "4", "3"), "3", AUTHORS, Set.of()).ids()).containsExactly("5",
				"4", "3");
	}

	@Test
	void isCompleteWhenTheHistoryIsShorterThanTheLimit() {
		assertThat(Timeline.ofHistory(List.of("5", "4"), 3, AUTHORS, Set.of()).isComplete()).isTrue();
		assertThat(Timeline.ofHistory(List.of(), 3, AUTHORS, Set.of()).isComplete()).isTrue();
	}

	@Test
	void hasTheLastIdOfAFullHistoryAsItsWatermark() {
		Timeline full = Timeline.ofHistory(List.of("5", "4", "3"), 3, AUTHORS, Set.of());
		assertThat(full.isComplete()).isFalse();
		assertThat(full.watermark()).isEqualTo("3");
	}

	@Test
	void listsTheIdsAfterACursor() {
		Timeline timeline = Timeline.ofElements(List.of("7", "5", "4"), "4", AUTHORS, Set.of());
		assertThat(timeline.idsAfter(null)).containsExactly("7", "5", "4");
		assertThat(timeline.idsAfter("7")).containsExactly("5", "4");
		assertThat(timeline.idsAfter("6")).containsExactly("5", "4");
		assertThat(timeline.idsAfter("4")).isEmpty();
	}

	@Test
	void continuesInTheStoreBelowItsWatermarkAndTheCursor() {
		Timeline timeline = Timeline.ofElements(List.of("7", "5", "4"), "4", AUTHORS, Set.of());
		assertThat(timeline.storeCursor(null)).isEqualTo("4");
		assertThat(timeline.storeCursor("6")).isEqualTo("4");
		assertThat(timeline.storeCursor("2")).isEqualTo("2");
	}

	@Test
	void knowsTheAuthorsForWhomItWasBuilt() {
		Timeline timeline = Timeline.ofElements(List.of(), "0", AUTHORS, Set.of());
		assertThat(timeline.isBuiltFor("ann")).isTrue();
		assertThat(timeline.isBuiltFor("carol")).isFalse();
	}

	@Test
	void hasAKeyWithTheMemberInBraces() {
		assertThat(TimelineCache.key("0SAX3JKRPM3GA")).isEqualTo("feed:timeline:v1:{0SAX3JKRPM3GA}");
	}

}
