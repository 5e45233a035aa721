package dev.agora.console.view;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.console.action.ActionLog;
import dev.agora.console.action.LogEntry;
import dev.agora.console.metric.Deltas;
import dev.agora.console.scrape.Health;
import dev.agora.console.scrape.Observation;
import dev.agora.console.targets.Target;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessChangesTests {

	private final ActionLog log = new ActionLog();

	private final ProcessChanges changes = new ProcessChanges(this.log);

	@Test
	void logsAnEndAndAStartThatNobodyOrderedHere() {
		observe("kafka", "1", true);
		observe("kafka", "1", true);
		assertThat(this.log.entries()).isEmpty();
		observe("kafka", "1", false);
		assertThat(this.log.entries()).extracting(LogEntry::mark).containsExactly("kafka has ended");
	}

	@Test
	void logsARestartBetweenTwoObservations() {
		observe("feed-service-1", "1", true);
		observe("feed-service-1", "2", true);
		assertThat(this.log.entries()).extracting(LogEntry::text).containsExactly("feed-service-1 has restarted");
	}

	@Test
	void logsAnEndAndTheStartAfterIt() {
		observe("redis", "1", true);
		observe("redis", "1", false);
		observe("redis", "2", true);
		assertThat(this.log.entries()).extracting(LogEntry::text)
			.containsExactly("redis has started", "redis has ended");
	}

	private void observe(String name, String run, boolean alive) {
		Target target = new Target(name, name, "127.0.0.1", 1, 0, run,
				alive ? Target.State.RUNNING : Target.State.ENDED, "", "");
		this.changes.note(List.of(new Observation(target, Health.READY, Deltas.NONE, Map.of())));
	}

}
