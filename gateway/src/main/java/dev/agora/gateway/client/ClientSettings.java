package dev.agora.gateway.client;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The browser client.
 *
 * @param enabled whether the gateway serves it; false if another site does
 * @param console the address of the console, to which the client links its requests; none
 * by default
 */
@ConfigurationProperties("gateway.client")
public record ClientSettings(@DefaultValue("true") boolean enabled, @DefaultValue("") String console) {
}
