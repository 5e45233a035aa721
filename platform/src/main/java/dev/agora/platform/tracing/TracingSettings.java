package dev.agora.platform.tracing;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * Traces.
 *
 * @param endpoint the address that receives spans by OTLP (HTTP, protobuf), for example
 * {@code http://collector:4318}; without a path, {@code /v1/traces} is added. Empty by
 * default: no spans are recorded
 * @param ratio the share of requests whose spans are recorded, from 0 to 1. The gateway
 * decides; requests that end with a 5xx are recorded always
 * @param trustedClients networks of clients that decide themselves whether their requests
 * are recorded, by the header {@code traceparent}, for example {@code 10.0.0.0/8}. The
 * gateway replaces the header of all other clients
 * @param queueSize how many spans may wait for their export; further ones are dropped and
 * counted
 */
@ConfigurationProperties("tracing")
public record TracingSettings(@DefaultValue("") String endpoint, @DefaultValue("0.01") double ratio,
		@DefaultValue List<String> trustedClients, @DefaultValue("4096") int queueSize) {

	private static final String PATH = "/v1/traces";

	public TracingSettings {
		if (!(ratio >= 0 && ratio <= 1)) {
			throw new IllegalArgumentException("tracing.ratio must be between 0 and 1.");
		}
		SettingBounds.requireAtLeast("tracing.queue-size", 1, queueSize);
		requireAddress(endpoint);
	}

	/** Returns the address to which spans are sent, or null if they are not recorded. */
	@Nullable String address() {
		if (this.endpoint.isBlank()) {
			return null;
		}
		String path = URI.create(this.endpoint.strip()).getRawPath();
		return path.isEmpty() || path.equals("/") ? this.endpoint.strip().replaceFirst("/?$", PATH)
				: this.endpoint.strip();
	}

	/** The share of requests that are sampled; none if no spans are recorded. */
	public double sampledRatio() {
		return this.endpoint.isBlank() ? 0 : this.ratio;
	}

	private static void requireAddress(String endpoint) {
		if (!endpoint.isBlank() && !endpoint.strip().matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
			throw new IllegalArgumentException(
					"tracing.endpoint must be an address such as http://collector:4318, not '" + endpoint + "'.");
		}
	}

}
