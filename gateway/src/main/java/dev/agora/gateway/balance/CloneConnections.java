package dev.agora.gateway.balance;

import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;

/**
 * How the gateway connects to clones. Set once: by Spring's own property each request
 * would make a client of its own.
 */
public final class CloneConnections implements HttpClientCustomizer {

	private final int timeoutMillis;

	public CloneConnections(BalanceSettings settings) {
		this.timeoutMillis = Math.toIntExact(settings.connectTimeout().toMillis());
	}

	@Override
	public HttpClient customize(HttpClient client) {
		return client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, this.timeoutMillis);
	}

}
