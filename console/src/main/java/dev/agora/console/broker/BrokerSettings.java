package dev.agora.console.broker;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.AdminClientConfig;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Kafka whose topics are shown.
 *
 * @param bootstrapServers the addresses of the brokers; without one the lag is that which
 * the services measure
 */
@ConfigurationProperties("console.kafka")
public record BrokerSettings(@DefaultValue List<String> bootstrapServers) {

	boolean isPresent() {
		return !this.bootstrapServers.isEmpty();
	}

	Map<String, Object> clientProperties() {
		return Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", this.bootstrapServers),
				AdminClientConfig.CLIENT_ID_CONFIG, "console", AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000,
				AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000,
				AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
	}

}
