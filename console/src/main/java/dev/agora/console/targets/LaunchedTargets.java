package dev.agora.console.targets;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Finds the processes that the launcher has started, as {@code ./agora status} does. */
final class LaunchedTargets implements Targets {

	/** The system computes start times from a clock that may be set. */
	private static final Duration CLOCK_STEP = Duration.ofSeconds(10);

	private final StateFile file;

	LaunchedTargets(StateFile file) {
		this.file = file;
	}

	@Override
	public Mono<List<Target>> find() {
		return this.file.read()
			.map((state) -> state.path("processes").valueStream().map(LaunchedTargets::toTarget).toList());
	}

	private static Target toTarget(JsonNode process) {
		String name = process.path("name").asString("");
		long pid = process.path("pid").asLong();
		return new Target(name, name.replaceFirst("-[0-9]+$", ""), "127.0.0.1", process.path("port").asInt(),
				process.path("managementPort").asInt(), String.valueOf(pid),
				Target.State.of(isAlive(pid, process.path("started").asString("")),
						process.path("paused").asBoolean(false)),
				process.path("version").asString(""), process.path("note").asString(""));
	}

	/** Another process may have got the id of one that has ended. */
	private static boolean isAlive(long pid, String started) {
		return ProcessHandle.of(pid)
			.filter(ProcessHandle::isAlive)
			.flatMap((handle) -> handle.info().startInstant())
			.filter((start) -> Duration.between(start, Instant.parse(started)).abs().compareTo(CLOCK_STEP) < 0)
			.isPresent();
	}

}
