package dev.agora.platform.watermark;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.consistency.SeenWrite;
import dev.agora.platform.consistency.SourceProgress;

/**
 * The progress of the consumer groups that apply a topic.
 *
 * @param topic the topic
 * @param paths the prefixes of the paths whose reads depend on the topic
 * @param store what keeps the service's own store in line with the topic
 * @param copies what keeps the copies of the store in line, such as its caches
 */
public record ProjectionProgress(String topic, List<String> paths, StoreProgress store,
		List<Reader> copies) implements SourceProgress {

	/** The service's own store alone has jobs and the files of exports. */
	private static final Pattern WITHOUT_COPIES = Pattern.compile("/[^/]+/(jobs|exports)(/.*)?");

	@Override
	public boolean isReadBy(String path) {
		return this.paths.stream().anyMatch(path::startsWith) && !WITHOUT_COPIES.matcher(path).matches();
	}

	@Override
	public Mono<Long> copiesUntil() {
		return Flux.fromIterable(this.copies).concatMap(Reader::appliedUntil).reduce(Math::min).defaultIfEmpty(0L);
	}

	@Override
	public Mono<Long> storeUntil() {
		return this.store.until();
	}

	@Override
	public boolean applies(short type) {
		return this.store.types().isEmpty() || this.store.types().contains(type);
	}

	@Override
	public Mono<Boolean> isInStore(Map<String, Long> versions) {
		return this.store.check().apply(versions);
	}

	/**
	 * The progress of a store with a topic.
	 *
	 * @param until the time up to which all events are applied to the store
	 * @param check whether versions are applied to the store
	 * @param types the codes of the types of events that the store has, empty for all
	 */
	public record StoreProgress(Mono<Long> until, Function<Map<String, Long>, Mono<Boolean>> check, Set<Short> types) {

		/** A service's own store has all writes of its own aggregates. */
		public static final StoreProgress OWN = new StoreProgress(Mono.just(Long.MAX_VALUE),
				(versions) -> Mono.just(true), Set.of());

		/** The progress of a projection that a consumer group feeds. */
		public static StoreProgress of(Reader group, Function<Map<String, Long>, Mono<Boolean>> check) {
			return new StoreProgress(Mono.defer(group::appliedUntil), check, Set.of());
		}

		/** Returns this progress of a projection that ignores all other events. */
		public StoreProgress ofTypes(String... types) {
			return new StoreProgress(this.until, this.check,
					Stream.of(types).map(SeenWrite::code).collect(Collectors.toUnmodifiableSet()));
		}

	}

}
