package dev.agora.gateway.balance;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the clones of each service are: base addresses without a path.
 *
 * @param sessionService clones of session-service
 * @param productService clones of product-service
 * @param graphService clones of graph-service
 * @param feedService clones of feed-service
 */
@ConfigurationProperties("agora.clones")
public record ClonesSettings(@DefaultValue List<URI> sessionService, @DefaultValue List<URI> productService,
		@DefaultValue List<URI> graphService, @DefaultValue List<URI> feedService) {

	/** The clones by the name that routes use, as in {@code lb://feed-service}. */
	public Map<String, List<URI>> byService() {
		return Map.of("session-service", this.sessionService, "product-service", this.productService, "graph-service",
				this.graphService, "feed-service", this.feedService);
	}

}
