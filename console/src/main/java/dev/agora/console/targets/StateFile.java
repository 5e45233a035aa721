package dev.agora.console.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the file in which the launcher describes the system. */
final class StateFile {

	private final Path file;

	StateFile(Path file) {
		this.file = file;
	}

	/** Reads the whole file; empty if no launcher has written it. */
	Mono<JsonNode> read() {
		return Mono.fromCallable(this::parse).flatMap(Mono::justOrEmpty).subscribeOn(Schedulers.boundedElastic());
	}

	/** Reads a text; empty if the file does not have it. */
	Mono<String> read(String field) {
		return read().map((state) -> state.path(field)).filter(JsonNode::isString).map(JsonNode::asString);
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

}
