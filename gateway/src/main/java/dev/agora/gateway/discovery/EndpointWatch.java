package dev.agora.gateway.discovery;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.gateway.discovery.EndpointSlices.SliceList;
import dev.agora.gateway.discovery.KubernetesApi.WatchEvent;

/**
 * Follows the instances of one Service. It lists all slices and then watches their
 * changes; after a failure it lists them again, since changes may have been missed.
 */
final class EndpointWatch {

	private static final Duration MIN_PAUSE = Duration.ofMillis(500);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

	private final KubernetesApi api;

	private final String namespace;

	private final String service;

	private final EndpointSlices slices;

	private String version = "";

	private volatile @Nullable Set<URI> addresses;

	private volatile @Nullable Throwable failure;

	/**
	 * Creates the watch of a Service.
	 * @param entry {@code kubernetes://<namespace>/<service>/<port>}
	 */
	EndpointWatch(KubernetesApi api, URI entry) {
		this.api = api;
		this.namespace = entry.getAuthority();
		String[] path = entry.getPath().split("/", -1);
		this.service = path[1];
		this.slices = new EndpointSlices(path[2]);
	}

	/** Follows the instances for ever, and emits a signal after each change. */
	Flux<EndpointWatch> changes() {
		return Flux.defer(this::listAndWatch)
			.doOnError((failure) -> this.failure = failure)
			.retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_PAUSE).maxBackoff(MAX_PAUSE).transientErrors(true));
	}

	/**
	 * The base addresses of the instances.
	 * @throws IllegalStateException if no instance is ready, or if the API cannot be read
	 */
	Mono<Set<URI>> resolve() {
		return Mono.fromCallable(this::current);
	}

	private Set<URI> current() {
		Throwable failure = this.failure;
		Set<URI> addresses = this.addresses;
		if (failure != null) {
			throw new IllegalStateException("The Kubernetes API cannot be read: " + failure, failure);
		}
		if (addresses == null || addresses.isEmpty()) {
			throw new IllegalStateException("No instance of " + this.service + " is ready.");
		}
		return addresses;
	}

	private Flux<EndpointWatch> listAndWatch() {
		return this.api.list(this.namespace, this.service)
			.doOnNext(this::onList)
			.thenReturn(this)
			.concatWith(Flux.defer(this::watch).repeatWhen((ends) -> ends.delayElements(MIN_PAUSE)));
	}

	/**
	 * The server ends each watch after a while; the next one continues from its version.
	 */
	private Flux<EndpointWatch> watch() {
		return this.api.watch(this.namespace, this.service, this.version).concatMap((event) -> {
			onEvent(event);
			return event.type().equals("BOOKMARK") ? Mono.empty() : Mono.just(this);
		});
	}

	private void onList(SliceList list) {
		this.slices.replace((list.items() != null) ? list.items() : List.of());
		onChange(list.metadata());
	}

	private void onEvent(WatchEvent event) {
		if (event.type().equals("ERROR")) {
			throw new IllegalStateException("The watch has ended: " + event.object());
		}
		EndpointSlice slice = JsonMapper.shared().treeToValue(event.object(), EndpointSlice.class);
		switch (event.type()) {
			case "ADDED", "MODIFIED" -> this.slices.put(slice);
			case "DELETED" -> this.slices.remove(slice);
			default -> {
			}
		}
		onChange(slice.metadata());
	}

	private void onChange(EndpointSlice.@Nullable Metadata metadata) {
		String version = (metadata != null) ? metadata.resourceVersion() : null;
		this.version = (version != null) ? version : this.version;
		this.addresses = this.slices.addresses();
		this.failure = null;
	}

}
