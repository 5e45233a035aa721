package dev.agora.gateway.resilience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The deadlines of requests.
 *
 * @param timeout the time for a request, from the arrival of its whole body and including
 * its retry, unless its route's metadata give it more
 */
@ConfigurationProperties("gateway.deadline")
public record DeadlineSettings(@DefaultValue("5s") Duration timeout) {
}
