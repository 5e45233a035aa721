package dev.agora.gateway.resilience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The circuit breakers of the routes.
 *
 * @param calls the number of last requests that are evaluated
 * @param minimum the number of requests below which the circuit stays closed
 * @param failureRate the percentage of failures that opens the circuit; well above 50,
 * since with one of two instances broken half of the requests still succeed, and none
 * would with an open circuit
 * @param openDuration how long an open circuit rejects all requests
 * @param halfOpenCalls how many requests a half-open circuit permits
 */
@ConfigurationProperties("gateway.breaker")
public record CircuitBreakerSettings(@DefaultValue("50") int calls, @DefaultValue("20") int minimum,
		@DefaultValue("80") float failureRate, @DefaultValue("2s") Duration openDuration,
		@DefaultValue("5") int halfOpenCalls) {
}
