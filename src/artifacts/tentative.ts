/**
 * For some seconds after it was set, an IPv6 address is tentative: the kernel looks for duplicates and refuses it as the
 * source of a route (ip-address(8); RFC 4862 §5.4). ifupdown2 does not wait (`ipv6_dad_handling_enabled` is off), so a
 * route would be missing after every start.
 */
export const AWAIT_IPV6 =
  'for i in 1 2 3 4 5; do ip -6 -o address show tentative | grep -q . || break; sleep 1; done';
