package dev.agora.gateway.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a request may be like.
 *
 * @param body how large its body may be
 */
@ConfigurationProperties("gateway.limit")
public record RequestLimitSettings(@DefaultValue("1MB") DataSize body) {
}
