package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The audiences of the authors in one batch of events. Each is read once, since a batch
 * often has many activities of one author, such as an import of products. A large
 * audience is not kept in memory but read for each activity, and a failure is not kept,
 * so that another attempt reads again.
 */
final class Audiences {

	private static final int MAX_KEPT = 1_000;

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private final Function<String, Flux<String>> reader;

	private final Map<String, Mono<List<String>>> kept = new ConcurrentHashMap<>();

	/**
	 * Creates the audiences.
	 * @param reader reads the audience of an author
	 */
	Audiences(Function<String, Flux<String>> reader) {
		this.reader = reader;
	}

	Flux<String> of(String author) {
		return this.kept.computeIfAbsent(author, this::readFirst)
			.flatMapMany((first) -> (first.size() <= MAX_KEPT) ? Flux.fromIterable(first) : this.reader.apply(author));
	}

	private Mono<List<String>> readFirst(String author) {
		return Flux.defer(() -> this.reader.apply(author))
			.take(MAX_KEPT + 1L)
			.collectList()
			.cache((audience) -> FOREVER, (failure) -> Duration.ZERO, () -> Duration.ZERO);
	}

}
