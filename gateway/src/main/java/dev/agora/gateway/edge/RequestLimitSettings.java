package dev.agora.gateway.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits on a single request.
 *
 * @param body the maximum length of a request body; routes for uploads have another
 */
@ConfigurationProperties("gateway.limit")
public record RequestLimitSettings(@DefaultValue("1MB") DataSize body) {
}
