package dev.agora.feed.fanout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import reactor.core.publisher.Mono;

/**
 * The audiences of the authors in one batch of events. Each is read once, since a batch
 * often has many activities of one author, such as an import of products. A failure is
 * not kept, so that another attempt reads again.
 */
final class Audiences {

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private final Function<String, Mono<List<String>>> reader;

	private final Map<String, Mono<List<String>>> kept = new ConcurrentHashMap<>();

	/**
	 * Creates the audiences.
	 * @param reader reads the audience of an author
	 */
	Audiences(Function<String, Mono<List<String>>> reader) {
		this.reader = reader;
	}

	Mono<List<String>> of(String author) {
		return this.kept.computeIfAbsent(author, (missing) -> Mono.defer(() -> this.reader.apply(missing))
			.cache((audience) -> FOREVER, (failure) -> Duration.ZERO, () -> Duration.ZERO));
	}

}
