package dev.agora.gateway.edge;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The edge of the gateway.
 *
 * @param trustedProxies networks whose {@code X-Forwarded-For} is trusted, for example
 * {@code 10.0.0.0/8}; none by default
 * @param requestTimeout how long a client may take to send the head of a request
 * @param minBodyRate how many bytes of a body a client must send in a second, after the
 * time for the head
 * @param maxHeaders how many headers a request may have
 * @param hstsMaxAge how long browsers must use TLS only; zero sends no header
 * @param cors the sites whose pages may use the API
 */
@ConfigurationProperties("gateway.edge")
public record EdgeSettings(@DefaultValue List<String> trustedProxies, @DefaultValue("10s") Duration requestTimeout,
		@DefaultValue("1KB") DataSize minBodyRate, @DefaultValue("100") int maxHeaders,
		@DefaultValue("0s") Duration hstsMaxAge, @DefaultValue Cors cors) {

	/**
	 * Pages of other sites.
	 *
	 * @param allowedOrigins the origins of the sites whose pages may use the API, for
	 * example {@code https://shop.example}; none by default
	 * @param maxAge how long a browser may cache the response to a preflight request
	 */
	public record Cors(@DefaultValue Set<String> allowedOrigins, @DefaultValue("10m") Duration maxAge) {

		/** Whether pages of an origin may use the API as pages of this site do. */
		public boolean allows(@Nullable String origin) {
			return origin != null && this.allowedOrigins.contains(origin);
		}

	}

}
