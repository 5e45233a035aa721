package dev.agora.feed.timeline;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	private static final Set<String> AUTHORS = Set.of("ann", "bob");

	@Test
	void sortsWhatWasPushedAndDropsDoubles() {
		assertThat(Timeline.read(List.of("3", "5", "3", "4", "5"), "0", AUTHORS).ids()).containsExactly("5", "4", "3");
	}

	@Test
	void vouchesForNothingBelowItsFloor() {
		assertThat(Timeline.read(List.of("5", "2", "4", "3"), "3", AUTHORS).ids()).containsExactly("5", "4", "3");
	}

	@Test
	void isWholeWhenFewerCameThanAskedFor() {
		assertThat(Timeline.made(List.of("5", "4"), 3, AUTHORS).isWhole()).isTrue();
		assertThat(Timeline.made(List.of(), 3, AUTHORS).isWhole()).isTrue();
	}

	@Test
	void endsAtTheLastOfAFullHistory() {
		Timeline full = Timeline.made(List.of("5", "4", "3"), 3, AUTHORS);
		assertThat(full.isWhole()).isFalse();
		assertThat(full.floor()).isEqualTo("3");
	}

	@Test
	void goesOnAfterACursor() {
		Timeline timeline = Timeline.read(List.of("7", "5", "4"), "4", AUTHORS);
		assertThat(timeline.after(null)).containsExactly("7", "5", "4");
		assertThat(timeline.after("7")).containsExactly("5", "4");
		assertThat(timeline.after("6")).containsExactly("5", "4");
		assertThat(timeline.after("4")).isEmpty();
	}

	@Test
	void theStoreGoesOnBelowFloorAndCursor() {
		Timeline timeline = Timeline.read(List.of("7", "5", "4"), "4", AUTHORS);
		assertThat(timeline.end(null)).isEqualTo("4");
		assertThat(timeline.end("6")).isEqualTo("4");
		assertThat(timeline.end("2")).isEqualTo("2");
	}

	@Test
	void knowsWhoseActivitiesItIsMadeOf() {
		Timeline timeline = Timeline.read(List.of(), "0", AUTHORS);
		assertThat(timeline.isBy("ann")).isTrue();
		assertThat(timeline.isBy("carol")).isFalse();
	}

	@Test
	void keepsTheSlotOfAMembersListByItself() {
		assertThat(TimelineCache.key("0SAX3JKRPM3GA")).isEqualTo("feed:timeline:v1:{0SAX3JKRPM3GA}");
	}

}
