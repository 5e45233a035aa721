package dev.agora.launcher.local;

import java.io.IOException;
import java.util.Optional;

import dev.agora.launcher.process.ServiceInstance;
import dev.agora.launcher.root.DataDirectory;

/**
 * The settings with which the instances find each other and the backends.
 *
 * @param options the options of the system
 * @param data the data directory
 * @param backends the brokers and stores
 * @param console the console, which receives the traces
 */
record ServiceSettings(LaunchOptions options, DataDirectory data, Backends backends, Optional<ConsoleProcess> console) {

	void configure(ServiceInstance process, SigningKeys keys) {
		process.set("agora.redis.address", this.backends.redis())
			.set("agora.redis.mode", this.options.redisMode())
			.set("agora.mongodb.uri", this.backends.mongodb())
			.set("agora.kafka.bootstrap-servers", this.backends.kafka())
			.setDefault("agora.jobs.worker.enabled", "true")
			.setFile("agora.identity.jwks", keys.keySet());
		if (process.module().equals("session-service")) {
			process.setFile("agora.identity.signing-key", keys.signingKey());
		}
		if (process.module().equals("product-service")) {
			process.setDefault("agora.pages.base-url", "http://127.0.0.1:" + this.options.port());
		}
		sendTraces(process);
	}

	/**
	 * Configures a gateway with high limits, since all clients of one machine share an
	 * address, and one member loads the demo data.
	 */
	void configureGateway(ServiceInstance gateway) throws IOException {
		gateway.set("agora.redis.address", this.backends.redis())
			.set("agora.redis.mode", this.options.redisMode())
			.setDefault("gateway.balance.resolve-interval", "1s")
			.setDefault("gateway.limit.rate.address", "10000")
			.setDefault("gateway.limit.rate.address-burst", "20000")
			.setDefault("gateway.limit.rate.member", "2000")
			.setDefault("gateway.limit.rate.member-burst", "4000")
			.setDefault("gateway.body.per-address", "1024")
			.setDefault("tracing.ratio", "1.0");
		this.console.ifPresent((it) -> gateway.setDefault("gateway.client.console", it.page()));
		sendTraces(gateway);
		if (this.options.images() == null) {
			String log = gateway.name() + "-access";
			this.data.rotateLog(log);
			gateway.setDefault("gateway.access.file", this.data.log(log).toAbsolutePath().toString());
		}
	}

	private void sendTraces(ServiceInstance process) {
		this.console.ifPresent((it) -> process.setDefault("tracing.endpoint", it.traces()));
	}

}
