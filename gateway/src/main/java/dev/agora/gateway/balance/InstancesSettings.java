package dev.agora.gateway.balance;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The instances of each service: base addresses without a path, such as
 * {@code http://10.0.0.1:8080}, DNS names that are resolved again and again and stand for
 * one instance per address, such as
 * {@code dns://feed-service.agora.svc.cluster.local:8080}, files that are read again and
 * again and have one base address a line, such as {@code file:///run/feed.txt}, or
 * Services whose EndpointSlices are watched, with the name of their port, such as
 * {@code kubernetes://agora/feed-service/http}.
 *
 * @param sessionService instances of session-service
 * @param productService instances of product-service
 * @param graphService instances of graph-service
 * @param feedService instances of feed-service
 */
@ConfigurationProperties("agora.clones")
public record InstancesSettings(@DefaultValue List<URI> sessionService, @DefaultValue List<URI> productService,
		@DefaultValue List<URI> graphService, @DefaultValue List<URI> feedService) {

	private static final Set<String> SCHEMES = Set.of("http", "https", "dns");

	public InstancesSettings {
		Stream.of(sessionService, productService, graphService, feedService)
			.flatMap(List::stream)
			.forEach(InstancesSettings::requireAddress);
	}

	private static void requireAddress(URI instance) {
		boolean known = SCHEMES.contains(String.valueOf(instance.getScheme())) && instance.getHost() != null;
		if (!isFile(instance) && !isKubernetes(instance) && (!known || (isName(instance) && instance.getPort() < 0))) {
			throw new IllegalArgumentException(
					"An instance is http://<host>:<port>, dns://<name>:<port>, file:///<path> or"
							+ " kubernetes://<namespace>/<service>/<port name>, not '" + instance + "'");
		}
	}

	/** The entries by the service's name in routes, such as {@code lb://feed-service}. */
	public Map<String, List<URI>> byService() {
		return Map.of("session-service", this.sessionService, "product-service", this.productService, "graph-service",
				this.graphService, "feed-service", this.feedService);
	}

	/** The entries that are addresses. */
	public static Set<URI> addresses(List<URI> instances) {
		return instances.stream().filter((instance) -> !isLookedUp(instance)).collect(Collectors.toSet());
	}

	/**
	 * The entries that are DNS names, files or Services, and stand for any number of
	 * addresses.
	 */
	public static List<URI> lookedUp(List<URI> instances) {
		return instances.stream().filter(InstancesSettings::isLookedUp).toList();
	}

	/** Whether an entry is a file with addresses. */
	public static boolean isFile(URI instance) {
		return "file".equals(instance.getScheme()) && instance.getPath() != null;
	}

	/** Whether an entry is a Service of the Kubernetes API. */
	public static boolean isKubernetes(URI instance) {
		return "kubernetes".equals(instance.getScheme()) && instance.getAuthority() != null
				&& instance.getPath().matches("/[^/]+/[^/]+");
	}

	private static boolean isLookedUp(URI instance) {
		return isName(instance) || isFile(instance) || isKubernetes(instance);
	}

	private static boolean isName(URI instance) {
		return "dns".equals(instance.getScheme());
	}

}
