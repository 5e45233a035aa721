package dev.agora.product.page.release;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes pages to a bucket. The objects of a release have the prefix
 * {@code releases/<release>/}; a complete one also has the object
 * {@code published/<release>}. The object {@code current} has the name of the published
 * release. Replacing an object is atomic.
 */
public final class S3Target extends ReleaseTarget {

	private static final String CURRENT = "current";

	private static final String RELEASES = "releases/";

	private static final String RECORDS = "published/";

	private static final Map<String, String> TEXT = Map.of("content-type", "text/plain", "cache-control", "no-cache");

	private static final int CONCURRENCY = 16;

	private static final Pattern PREFIX = Pattern.compile("<Prefix>releases/([0-9A-Z-]+)/</Prefix>");

	private static final Pattern RECORD = Pattern.compile("<Key>published/([0-9A-Z-]+)</Key>");

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
	Mono<String> published() {
		return this.client.get(CURRENT).map(String::strip);
	}

	@Override
	Mono<Void> record(String release) {
		return this.client.put(RECORDS + release, TEXT, release.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	Flux<String> recorded() {
		return this.client.list("list-type=2&prefix=published%2F").flatMapIterable((xml) -> all(RECORD, xml));
	}

	@Override
	Mono<Void> switchTo(String release) {
		return this.client.put(CURRENT, TEXT, release.getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	Flux<String> releases() {
		return this.client.list("delimiter=%2F&list-type=2&prefix=releases%2F")
			.flatMapIterable((xml) -> all(PREFIX, xml));
	}

	@Override
	Mono<Void> remove(String release) {
		return this.client.delete(RECORDS + release).then(Mono.defer(() -> removeFiles(release, "")));
	}

	/**
	 * Removes the objects of a release; a list has at most 1,000 of them. A server that
	 * lists removed objects again ends it.
	 */
	private Mono<Void> removeFiles(String release, String last) {
		return this.client.list("list-type=2&prefix=releases%2F" + release + "%2F")
			.flatMapIterable((xml) -> all(KEY, xml))
			.collectList()
			.flatMap((keys) -> (keys.isEmpty() || Collections.max(keys).compareTo(last) <= 0) ? Mono.empty()
					: removeAll(keys).then(Mono.defer(() -> removeFiles(release, Collections.max(keys)))));
	}

	private Mono<Void> removeAll(List<String> keys) {
		return Flux.fromIterable(keys).flatMap(this.client::delete, CONCURRENCY).then();
	}

	private static Iterable<String> all(Pattern pattern, String xml) {
		return pattern.matcher(xml).results().map((MatchResult result) -> result.group(1)).toList();
	}

}
