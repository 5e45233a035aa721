package dev.agora.gateway.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and where requests are logged.
 *
 * @param enabled whether they are
 * @param file the file that lines are appended to; standard output if empty
 * @param waiting how many lines may wait for a slow disk before some are lost
 */
@ConfigurationProperties("gateway.access")
public record AccessSettings(@DefaultValue("true") boolean enabled, @DefaultValue("") String file,
		@DefaultValue("50000") int waiting) {
}
