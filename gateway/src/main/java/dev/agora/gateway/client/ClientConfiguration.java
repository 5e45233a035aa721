package dev.agora.gateway.client;

import java.io.IOException;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves the browser client, unless another site does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "gateway.client.enabled", matchIfMissing = true)
public class ClientConfiguration {

	@Bean
	ClientHandlerMapping browserClient(ClientSettings settings) throws IOException {
		ClientFiles files = new ClientFiles();
		return new ClientHandlerMapping(files, new ClientHandlers(files, settings));
	}

}
