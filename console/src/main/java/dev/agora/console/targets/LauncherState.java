package dev.agora.console.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the file in which the launcher describes its processes, as {@code ./agora status}
 * does.
 */
public final class LauncherState implements Targets {

	/** The system computes start times from a clock that may be set. */
	private static final Duration CLOCK_STEP = Duration.ofSeconds(10);

	private final Path file;

	LauncherState(Path file) {
		this.file = file;
	}

	@Override
	public Mono<List<Target>> find() {
		return read().map((state) -> state.path("processes").valueStream().map(LauncherState::toTarget).toList());
	}

	/**
	 * Finds the address of the launcher's control server.
	 * @return the address, empty if no launcher runs
	 */
	public Mono<String> controlUrl() {
		return value("controlUrl");
	}

	/**
	 * Finds the address of the first gateway.
	 * @return the address, empty until the system is ready
	 */
	public Mono<String> gatewayUrl() {
		return value("gatewayUrl");
	}

	private Mono<String> value(String field) {
		return read().map((state) -> state.path(field)).filter(JsonNode::isString).map(JsonNode::asString);
	}

	private Mono<JsonNode> read() {
		return Mono.fromCallable(this::parse).flatMap(Mono::justOrEmpty).subscribeOn(Schedulers.boundedElastic());
	}

	private Optional<JsonNode> parse() throws IOException {
		try {
			return Optional.of(JsonMapper.shared().readTree(Files.readAllBytes(this.file)));
		}
		catch (NoSuchFileException | JacksonException ex) {
			// The launcher ends, or writes the file for the first time.
			return Optional.empty();
		}
	}

	private static Target toTarget(JsonNode process) {
		String name = process.path("name").asString("");
		long pid = process.path("pid").asLong();
		return new Target(name, name.replaceFirst("-[0-9]+$", ""), "127.0.0.1", process.path("port").asInt(),
				process.path("managementPort").asInt(), String.valueOf(pid),
				isAlive(pid, process.path("started").asString("")), process.path("version").asString(""),
				process.path("note").asString(""));
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
