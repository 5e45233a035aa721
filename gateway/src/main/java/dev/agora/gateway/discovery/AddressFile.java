package dev.agora.gateway.discovery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads the base addresses of instances from a file, one a line. */
final class AddressFile {

	private AddressFile() {
	}

	static Mono<Set<URI>> read(URI file) {
		return Mono.fromCallable(() -> parse(Path.of(file))).subscribeOn(Schedulers.boundedElastic());
	}

	private static Set<URI> parse(Path file) throws IOException {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.map(String::strip)
				.filter((line) -> !line.isEmpty())
				.map(URI::create)
				.collect(Collectors.toSet());
		}
	}

}
