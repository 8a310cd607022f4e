"""The table of refused networks holds on every Python, without a look at the network."""

import ipaddress
import random

import pytest

from videos.outbound import refused
from videos.outbound.addresses import is_public

NETWORKS = [each.network for each in refused.NETWORKS]
PUBLIC = ["8.8.8.8", "1.1.1.1", "168.63.129.15", "9.255.255.255", "11.0.0.0", "172.32.0.0",
          "192.0.1.0", "223.255.255.255", "2606:4700::1111", "2001:200::1", "2a00:1450:4001::1",
          "3ffe:ffff::1", "2003::"]  # fmt: skip
# As a person would write them down from memory; none is read from the table
NEVER = ["10.9.8.7", "127.0.0.1", "169.254.169.254", "169.254.170.2", "169.254.170.23",
         "100.100.100.200", "192.0.0.192", "168.63.129.16", "192.88.99.1", "239.255.255.250",
         "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:8.8.8.8", "64:ff9b:1::1", "100::1",
         "2001::1", "2001:db8::1", "2002::1", "3fff::1", "3fff:fff:ffff::1", "4000::1", "5f00::1",
         "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fec0::1", "feff::1",
         "ff02::1"]  # fmt: skip


@pytest.mark.parametrize("each", refused.NETWORKS, ids=lambda each: str(each.network))
def test_the_first_and_the_last_address_of_each_network_are_refused(each):
    assert not is_public(str(each.network[0]))
    assert not is_public(str(each.network[-1]))
    assert each.name
    assert each.source.startswith("https://")


@pytest.mark.parametrize("each", refused.NETWORKS, ids=lambda each: str(each.network))
def test_the_neighbours_of_each_network_are_as_public_as_they_were(each):
    numbers = int(each.network[0]) - 1, int(each.network[-1]) + 1
    for ip in (type(each.network[0])(n) for n in numbers if 0 <= n < 2**each.network.max_prefixlen):
        is_ours = any(ip in network for network in NETWORKS)
        is_outside = ip.version == 6 and ip not in ipaddress.ip_network("2000::/3")
        assert is_public(str(ip)) is not (is_ours or is_outside)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NEVER)
def test_everything_else_is_not(address):
    assert not is_public(address)


def test_whatever_this_python_calls_private_is_refused():
    """Not the other way round: the tables of Pythons differ, and ours is the stricter one."""
    rng = random.Random(14)
    addresses = [ipaddress.IPv4Address(rng.getrandbits(32)) for _ in range(20_000)]
    addresses += [ipaddress.IPv6Address(rng.getrandbits(125) | 1 << 125) for _ in range(2_000)]
    assert not [ip for ip in addresses if is_public(str(ip)) and not ip.is_global]


def test_the_ports_of_browsers_and_of_our_own_services_are_in_it():
    assert {22, 25, 6379, 5432, 3306, 11211, 5672, 9200, 27017, 2049, 6000} <= refused.PORTS
    assert not {80, 443, 8000, 8080, 8443, 3000, 5000} & refused.PORTS
