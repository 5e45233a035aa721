/**
 * The console: shows the running system in a browser. <pre>
 * collect   collect.Collector       each second or two > target.Targets > scrape.Scraper, broker.TopicReader
 * derive    metric.Deltas           two readings of the counters > rates, quantiles
 * compose   view.SystemViews        > view.SystemView, one for all viewers
 * stream    collect.StreamHandler   server-sent events > page: src/main/page
 * traces    trace.OtlpHandler       POST /v1/traces > trace.Traces (the last ones, bounded) > trace.TraceHandler
 * act       action.ActionHandler    > action.LauncherClient > the launcher's control server
 * guard     access.AccessFilter     host, origin, token: before all of them
 * </pre>
 */
@NullMarked
package dev.agora.console;

import org.jspecify.annotations.NullMarked;
