package dev.agora.launcher.process.supervision;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SystemStateTests {

	private final SystemState state = new SystemState(null, List.of(), null, null, running("launcher"),
			List.of(running("kafka"), ended("feed-service-1"), running("feed-service-2"), running("feed-service-3"),
					ended("graph-service-1")));

	@Test
	void findsAnInstanceThatRuns() {
		assertThat(this.state.runningInstance("feed-service").name()).isEqualTo("feed-service-2");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.state.runningInstance("graph-service"))
			.withMessageContaining("./agora start graph-service-1");
	}

	@Test
	void listsOneRunningInstanceOfEachService() {
		assertThat(this.state.runningServices()).extracting(ProcessState::name).containsExactly("feed-service-2");
	}

	private static ProcessState running(String name) {
		ProcessHandle self = ProcessHandle.current();
		return process(name, self.pid(), ProcessState.startTimeOf(self));
	}

	private static ProcessState ended(String name) {
		return process(name, ProcessHandle.current().pid(), Instant.EPOCH);
	}

	private static ProcessState process(String name, long pid, Instant started) {
		return new ProcessState(name, pid, 0, 0, "", "", started, false, null);
	}

}
