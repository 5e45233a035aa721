package dev.agora.measure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	@Test
	void sendsEachRequestOnceAtItsDueTime() {
		List<Long> due = new CopyOnWriteArrayList<>();
		Schedule.run(500, 1, (time) -> {
			due.add(time - System.nanoTime());
			return Mono.empty();
		});
		assertThat(due).hasSize(500).allMatch((early) -> early <= 0);
	}

	@Test
	void keepsSendingWhileResponsesAreLate() {
		List<Long> due = new CopyOnWriteArrayList<>();
		Sinks.Empty<Void> response = Sinks.empty();
		Schedule.run(100, 1, (time) -> {
			due.add(time);
			if (due.size() == 100) {
				response.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
			}
			return response.asMono();
		});
		assertThat(due).hasSize(100).doesNotHaveDuplicates().isSorted();
	}

}
