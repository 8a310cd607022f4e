"""What no address of others may lead to: networks and ports, as data with their sources.

Python's ``ipaddress`` has such a table, too, but its contents differ from one patch release to the
next; this one is the same wherever the portal runs.
"""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

IPV4 = "https://www.iana.org/assignments/iana-ipv4-special-registry (2025-10-09)"
IPV6 = "https://www.iana.org/assignments/iana-ipv6-special-registry (2025-10-09)"
IPV6_SPACE = "https://www.iana.org/assignments/ipv6-address-space"
EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html"
ECS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html"
EKS = "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html"
GOOGLE = "https://cloud.google.com/compute/docs/metadata/querying-metadata"
AZURE = "https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16"
ALIBABA = "https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata"
ORACLE = "https://docs.oracle.com/en/cloud/iaas-classic: Retrieving Instance Metadata"
TENCENT = "https://www.tencentcloud.com/document/product/213/4934"
SCALEWAY = "https://www.scaleway.com/en/docs/instances: the metadata API"
AKAMAI = "https://techdocs.akamai.com/cloud-computing/docs/overview-of-the-metadata-service"
OPENSTACK = "https://docs.openstack.org/nova/latest/user/metadata.html"


@dataclass(frozen=True)
class Refused:
    """A network that is not of the public internet."""

    network: IPv4Network | IPv6Network
    name: str
    source: str


def _rows(*rows: tuple[str, str, str]) -> tuple[Refused, ...]:
    return tuple(Refused(ip_network(network), name, source) for network, name, source in rows)


# What the registries do not call globally reachable, each with all that is inside it
SPECIAL = _rows(
    ("0.0.0.0/8", "this network", IPV4),
    ("10.0.0.0/8", "private use", IPV4),
    ("100.64.0.0/10", "shared address space of providers", IPV4),
    ("127.0.0.0/8", "loopback", IPV4),
    ("169.254.0.0/16", "link-local", IPV4),
    ("172.16.0.0/12", "private use", IPV4),
    ("192.0.0.0/24", "IETF protocol assignments", IPV4),
    ("192.0.2.0/24", "documentation", IPV4),
    ("192.88.99.0/24", "6to4 relays, deprecated", IPV4),
    ("192.168.0.0/16", "private use", IPV4),
    ("198.18.0.0/15", "benchmarking", IPV4),
    ("198.51.100.0/24", "documentation", IPV4),
    ("203.0.113.0/24", "documentation", IPV4),
    ("224.0.0.0/4", "multicast", "https://www.iana.org/assignments/multicast-addresses"),
    ("240.0.0.0/4", "reserved, and broadcast", IPV4),
    ("::/96", "unspecified, loopback, IPv4-compatible (RFC 4291, 2.5.5.1)", IPV6),
    ("::ffff:0:0/96", "IPv4-mapped", IPV6),
    ("64:ff9b:1::/48", "translation for local use", IPV6),
    ("100::/64", "discard only", IPV6),
    ("100:0:0:1::/64", "dummy prefix", IPV6),
    ("2001::/23", "IETF protocol assignments, Teredo among them", IPV6),
    ("2001:db8::/32", "documentation", IPV6),
    ("2002::/16", "6to4, deprecated (RFC 7526)", IPV6),
    ("3fff::/20", "documentation", IPV6),
    ("5f00::/16", "segment routing", IPV6),
    ("fc00::/7", "unique local", IPV6),
    ("fe80::/10", "link-local", IPV6),
    ("fec0::/10", "site-local, deprecated (RFC 3879)", IPV6_SPACE),
    ("ff00::/8", "multicast", IPV6_SPACE),
)

# Where clouds tell a machine its secrets. Most stand in a network above; all are named, so that
# none depends on it
METADATA = _rows(
    ("169.254.169.254/32", "AWS, Azure, Google, Oracle, OpenStack, DigitalOcean and others", EC2),
    ("fd00:ec2::254/128", "AWS EC2", EC2),
    ("169.254.170.2/32", "AWS ECS", ECS),
    ("169.254.170.23/32", "AWS EKS", EKS),
    ("fd00:ec2::23/128", "AWS EKS", EKS),
    ("fd20:ce::254/128", "Google Cloud", GOOGLE),
    ("168.63.129.16/32", "Azure", AZURE),
    ("100.100.100.200/32", "Alibaba Cloud", ALIBABA),
    ("192.0.0.192/32", "Oracle Cloud", ORACLE),
    ("169.254.0.23/32", "Tencent Cloud", TENCENT),
    ("169.254.42.42/32", "Scaleway", SCALEWAY),
    ("fd00:42::42/128", "Scaleway", SCALEWAY),
    ("fd00:a9fe:a9fe::1/128", "Akamai", AKAMAI),
    ("fe80::a9fe:a9fe/128", "OpenStack", OPENSTACK),
)

NETWORKS = SPECIAL + METADATA

# Ports of other services. The first are those of browsers: https://fetch.spec.whatwg.org, 2.9
PORTS = frozenset(
    {
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060),
        *(5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        *(445, 873, 3389, 5900),  # SMB, rsync, remote desktops
        *(1433, 1521, 3306, 5432, 6432, 5984, 9042, 27017, 27018, 27019),  # databases
        *(6379, 6380, 26379, 11211),  # Redis, memcached
        *(4369, 5671, 5672, 15672, 1883, 8883, 9092),  # message brokers
        *(9200, 9300),  # Elasticsearch, OpenSearch
        *(2181, 2375, 2376, 2379, 2380, 6443, 8500, 10250),  # ZooKeeper, Docker, etcd, Kubernetes
    }
)
