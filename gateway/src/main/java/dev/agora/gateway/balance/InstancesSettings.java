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
 * Where the clones of each service are: base addresses without a path, as in
 * {@code http://10.0.0.1:8080}, or names that are looked up again and again and stand for
 * as many clones as they have addresses, as in
 * {@code dns://feed-service.agora.svc.cluster.local:8080}.
 *
 * @param sessionService clones of session-service
 * @param productService clones of product-service
 * @param graphService clones of graph-service
 * @param feedService clones of feed-service
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

	private static void requireAddress(URI clone) {
		boolean known = SCHEMES.contains(String.valueOf(clone.getScheme())) && clone.getHost() != null;
		if (!known || (isName(clone) && clone.getPort() < 0)) {
			throw new IllegalArgumentException(
					"A clone is http://<host>:<port> or dns://<name>:<port>, not '" + clone + "'");
		}
	}

	/** The clones by the name that routes use, as in {@code lb://feed-service}. */
	public Map<String, List<URI>> byService() {
		return Map.of("session-service", this.sessionService, "product-service", this.productService, "graph-service",
				this.graphService, "feed-service", this.feedService);
	}

	/** Those that are clones. */
	public static Set<URI> addresses(List<URI> clones) {
		return clones.stream().filter((clone) -> !isName(clone)).collect(Collectors.toSet());
	}

	/** Those that are names of clones. */
	public static List<URI> names(List<URI> clones) {
		return clones.stream().filter(InstancesSettings::isName).toList();
	}

	private static boolean isName(URI clone) {
		return "dns".equals(clone.getScheme());
	}

}
