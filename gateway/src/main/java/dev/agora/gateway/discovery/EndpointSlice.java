package dev.agora.gateway.discovery;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The part of an EndpointSlice of the Kubernetes API that the gateway reads. Any field
 * may be missing.
 *
 * @param metadata the name and the version
 * @param addressType the kind of all addresses: {@code IPv4}, {@code IPv6} or
 * {@code FQDN}
 * @param endpoints the instances
 * @param ports the ports of all instances; the instances of another slice may have others
 */
record EndpointSlice(@Nullable Metadata metadata, @Nullable String addressType, @Nullable List<Endpoint> endpoints,
		@Nullable List<Port> ports) {

	/** Whether the addresses are of this kind. */
	boolean isOfType(String type) {
		return type.equals(this.addressType);
	}

	/** The base addresses of the ready instances. */
	Stream<URI> ready(String port) {
		return addresses(port, Endpoint::isReady);
	}

	/** The base addresses of the instances that serve requests while they drain. */
	Stream<URI> serving(String port) {
		return addresses(port, Endpoint::isServing);
	}

	private Stream<URI> addresses(String name, Predicate<Endpoint> usable) {
		int port = orEmpty(this.ports).stream()
			.filter((each) -> name.equals(each.name()))
			.map(Port::port)
			.filter(Objects::nonNull)
			.mapToInt(Integer::intValue)
			.findFirst()
			.orElse(0);
		return (port == 0) ? Stream.empty()
				: orEmpty(this.endpoints).stream()
					.filter(usable)
					.flatMap((endpoint) -> orEmpty(endpoint.addresses()).stream())
					.map((address) -> URI.create("http://" + NetUtil.toSocketAddressString(address, port)));
	}

	private static <T> List<T> orEmpty(@Nullable List<T> list) {
		return (list != null) ? list : List.of();
	}

	/**
	 * The metadata of an object, or of a list.
	 *
	 * @param name the name, which is unique within the namespace
	 * @param resourceVersion the version
	 */
	record Metadata(@Nullable String name, @Nullable String resourceVersion) {

	}

	/**
	 * A port of all instances of the slice.
	 *
	 * @param name the name in the Service
	 * @param port the number in the pods
	 */
	record Port(@Nullable String name, @Nullable Integer port) {

	}

	/**
	 * One instance.
	 *
	 * @param addresses its addresses
	 * @param conditions whether it can be used
	 */
	record Endpoint(@Nullable List<String> addresses, @Nullable Conditions conditions) {

		/** A missing condition means that the instance is ready. */
		boolean isReady() {
			return this.conditions == null || !Boolean.FALSE.equals(this.conditions.ready());
		}

		boolean isServing() {
			return isReady() || (this.conditions != null && Boolean.TRUE.equals(this.conditions.serving()));
		}

	}

	/**
	 * The conditions of an instance.
	 *
	 * @param ready whether it is ready and does not drain
	 * @param serving whether it is ready, even if it drains
	 */
	record Conditions(@Nullable Boolean ready, @Nullable Boolean serving) {

	}

}
