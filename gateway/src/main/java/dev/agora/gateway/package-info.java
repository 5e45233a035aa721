/**
 * The one door: routes, identity, limits, and the choice among a service's clones. <pre>
 * request  gateway > limit.RequestLimitFilter > auth.TokenSwapFilter > route (application.yml)
 *          > balance.BalanceFilter > auth.InsideHeadersFilter > a clone of the service
 * </pre>
 */
@NullMarked
package dev.agora.gateway;

import org.jspecify.annotations.NullMarked;
