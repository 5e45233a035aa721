package dev.agora.gateway.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The access log.
 *
 * @param enabled whether requests are logged
 * @param file the file that lines are appended to; standard output if empty
 * @param queueCapacity how many entries may wait for a slow disk before others are
 * dropped
 */
@ConfigurationProperties("gateway.access")
public record AccessSettings(@DefaultValue("true") boolean enabled, @DefaultValue("") String file,
		@DefaultValue("50000") int queueCapacity) {
}
