/**
 * The public entry point: routes, identity, limits, and load balancing among the
 * instances of each service. <pre>
 * bytes     edge.http1: FramingHandler > HTTP codec > HeadHandler > PipeliningHandler
 * request   edge: ClientAddressFilter > CorsFilter > RequestValidationFilter
 *           > rate.AddressRateLimitFilter > route (application.yml)
 * route     body.RequestBodyFilter > resilience.LoadSheddingFilter > auth.TokenSwapFilter
 *           > rate.MemberRateLimitFilter > resilience.CircuitBreakerFilter
 *           > balance.LoadBalancerFilter > resilience.DeadlineFilter
 *           > upstream.UpstreamHeadersFilter > an instance of the service
 * trace     edge.EdgeTraces > tracing.UpstreamSpan (one for each attempt)
 * response  edge.http1.ResponseHeadersHandler > edge.MalformedRequestHandler
 *           > access.AccessLogHandler > HTTP codec
 * </pre> {@link dev.agora.gateway.FilterOrder} has the numbers.
 */
@NullMarked
package dev.agora.gateway;

import org.jspecify.annotations.NullMarked;
