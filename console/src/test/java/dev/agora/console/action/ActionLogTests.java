package dev.agora.console.action;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ActionLogTests {

	private final ActionLog log = new ActionLog();

	@Test
	void theEffectOfAnActionIsNoSecondLine() {
		LogEntry kill = this.log.begin(new Order(Order.Verb.KILL, "feed-service-1", 0)).orElseThrow();
		this.log.observe("feed-service-1", "has ended");
		this.log.change(kill.id(), (entry) -> entry.failed("There is no such process."));
		this.log.observe("feed-service-1", "has started");
		this.log.observe("feed-service-2", "has ended");
		assertThat(this.log.entries()).extracting(LogEntry::text)
			.containsExactly("feed-service-2 has ended", "feed-service-1 is killed");
	}

	@Test
	void aBoundedNumberOfActionsRunsAtATime() {
		for (int i = 0; i < 8; i++) {
			assertThat(this.log.begin(new Order(Order.Verb.FLUSH, "", 0))).isPresent();
		}
		assertThat(this.log.begin(new Order(Order.Verb.FLUSH, "", 0))).isEmpty();
	}

}
