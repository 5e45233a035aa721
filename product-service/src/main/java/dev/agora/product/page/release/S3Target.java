package dev.agora.product.page.release;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes pages to a bucket. The objects of a release have the prefix
 * {@code releases/<release>/}, and the object {@code current} has the name of the
 * published release. Replacing an object is atomic.
 */
public final class S3Target implements PageTarget {

	private static final String CURRENT = "current";

	private static final String RELEASES = "releases/";

	private static final int CONCURRENCY = 16;

	private static final Pattern PREFIX = Pattern.compile("<Prefix>releases/([0-9A-Z]+)/</Prefix>");

	private static final Pattern KEY = Pattern.compile("<Key>(releases/[^<]+)</Key>");

	private final S3Client client;

	public S3Target(TargetSettings settings, Clock clock) {
		this.client = new S3Client(settings, clock);
	}

	@Override
	public Mono<Void> write(String release, PageFile file) {
		Map<String, String> headers = new HashMap<>(
				Map.of("content-type", file.mediaType(), "cache-control", file.cacheControl()));
		headers.put("content-encoding", "gzip");
		return this.client.put(RELEASES + release + "/" + file.path(), headers, file.content().gzip());
	}

	@Override
	public Mono<Boolean> publish(String release) {
		return this.client.get(CURRENT)
			.map(String::strip)
			.defaultIfEmpty("")
			.flatMap((published) -> (published.compareTo(release) > 0) ? Mono.just(false)
					: replace(release, published).thenReturn(true));
	}

	private Mono<Void> replace(String release, String published) {
		Map<String, String> headers = Map.of("content-type", "text/plain", "cache-control", "no-cache");
		return this.client.put(CURRENT, headers, release.getBytes(StandardCharsets.US_ASCII))
			.thenMany(Flux.defer(this::releases))
			.filter((each) -> each.compareTo(release) < 0 && !each.equals(published))
			.concatMap(this::remove)
			.then();
	}

	private Flux<String> releases() {
		return this.client.list("delimiter=%2F&list-type=2&prefix=releases%2F")
			.flatMapIterable((xml) -> all(PREFIX, xml));
	}

	/** Removes the objects of a release; a list has at most 1,000 of them. */
	private Mono<Void> remove(String release) {
		Mono<Long> removed = this.client.list("list-type=2&prefix=releases%2F" + release + "%2F")
			.flatMapIterable((xml) -> all(KEY, xml))
			.flatMap((key) -> this.client.delete(key).thenReturn(key), CONCURRENCY)
			.count();
		return removed.repeat().takeUntil((count) -> count == 0).then();
	}

	private static Iterable<String> all(Pattern pattern, String xml) {
		return pattern.matcher(xml).results().map((MatchResult result) -> result.group(1)).toList();
	}

}
