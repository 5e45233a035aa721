package dev.agora.gateway.resilience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a route's service is given a rest.
 *
 * @param calls how many of the last requests are looked at
 * @param minimum how many there must be before their failures tell anything
 * @param failureRate percentage of them that must have failed; well above 50, since with
 * one of two clones broken half of the requests still succeed, and none would with an
 * open breaker
 * @param rest how long all requests are refused
 * @param trials how many are let through after that, to see whether it is back
 */
@ConfigurationProperties("gateway.breaker")
public record CircuitBreakerSettings(@DefaultValue("50") int calls, @DefaultValue("20") int minimum,
		@DefaultValue("80") float failureRate, @DefaultValue("2s") Duration rest, @DefaultValue("5") int trials) {
}
