package dev.agora.gateway.resilience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * By when requests must be answered.
 *
 * @param timeout how long after all of it has arrived, its retry included, where its
 * route's metadata say nothing else
 */
@ConfigurationProperties("gateway.deadline")
public record DeadlineSettings(@DefaultValue("5s") Duration timeout) {
}
