package dev.agora.gateway.discovery;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * All slices of one Service. The same address may be in several of them while Kubernetes
 * moves it, and be ready in one and not in the other. It is then used, and probes decide.
 */
final class EndpointSlices {

	private final String port;

	private final Map<String, EndpointSlice> byName = new LinkedHashMap<>();

	EndpointSlices(String port) {
		this.port = port;
	}

	/** Replaces all slices by those of a list. */
	void replace(Collection<EndpointSlice> slices) {
		this.byName.clear();
		slices.forEach(this::put);
	}

	/** Adds a slice, or replaces the one with its name. */
	void put(EndpointSlice slice) {
		this.byName.put(name(slice), slice);
	}

	void remove(EndpointSlice slice) {
		this.byName.remove(name(slice));
	}

	private static String name(EndpointSlice slice) {
		String name = (slice.metadata() != null) ? slice.metadata().name() : null;
		return (name != null) ? name : "";
	}

	/**
	 * The base addresses of the instances: the ready ones or, if there are none, those
	 * that serve while they drain. An instance with an IPv4 and an IPv6 address counts
	 * once.
	 */
	Set<URI> addresses() {
		Set<URI> ready = addresses((slice) -> slice.ready(this.port));
		return ready.isEmpty() ? addresses((slice) -> slice.serving(this.port)) : ready;
	}

	private Set<URI> addresses(Function<EndpointSlice, Stream<URI>> usable) {
		Set<URI> addresses = ofType("IPv4", usable);
		return addresses.isEmpty() ? ofType("IPv6", usable) : addresses;
	}

	private Set<URI> ofType(String type, Function<EndpointSlice, Stream<URI>> usable) {
		return this.byName.values()
			.stream()
			.filter((slice) -> slice.isOfType(type))
			.flatMap(usable)
			.collect(Collectors.toSet());
	}

	/**
	 * A list of slices.
	 *
	 * @param metadata the version, from which a watch continues
	 * @param items the slices
	 */
	record SliceList(EndpointSlice.@Nullable Metadata metadata, @Nullable List<EndpointSlice> items) {

	}

}
