package dev.agora.console.scrape;

import java.util.Map;

import dev.agora.console.metric.Deltas;
import dev.agora.console.targets.Target;

/**
 * The knowledge of a process at one time.
 *
 * @param target the process
 * @param health its state, as the process itself reports it
 * @param deltas what has happened in it lately
 * @param routed the instances that it sends requests to, by address, if it is a gateway
 */
public record Observation(Target target, Health health, Deltas deltas, Map<String, Routed> routed) {
}
