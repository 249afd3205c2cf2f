"""How the statements of a month are laid out in each starter chart, as its country expects them: looked at by hand."""

LAYOUTS = {
    "bas": """
Assets
  Anläggningstillgångar 300.00
    Materiella anläggningstillgångar 300.00
      Inventarier och verktyg 300.00
  Omsättningstillgångar 969.00
    Kortfristiga fordringar 119.00
      Kundfordringar 119.00
    Kassa och bank 850.00
      Företagskonto 850.00
Liabilities
  Långfristiga skulder 200.00
    Andra långfristiga skulder till kreditinstitut 200.00
  Kortfristiga skulder 19.00
    Utgående moms på försäljning inom Sverige, 25 % 19.00
Equity
  Aktiekapital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Nettoomsättning 100.00
    Försäljning inom Sverige, 25 % moms 100.00
Expenses
  Övriga externa kostnader 50.00
    Lokalhyra 50.00
""",
    "club-en": """
Assets
  Cash and bank 850.00
    Bank account 850.00
  Receivables 119.00
    Grants receivable 119.00
  Equipment 300.00
    Equipment and furniture 300.00
Liabilities
  Fees received in advance 19.00
  Loan 200.00
Equity
  General fund 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Membership fees 100.00
Expenses
  Premises 50.00
    Rent 50.00
""",
    "es-pymes": """
Assets
  Activo no corriente 300.00
    Inmovilizado material 300.00
      Mobiliario 300.00
  Activo corriente 969.00
    Deudores comerciales y otras cuentas a cobrar 119.00
      Clientes 119.00
    Efectivo y otros activos líquidos equivalentes 850.00
      Bancos e instituciones de crédito c/c vista, euros 850.00
Liabilities
  Pasivo no corriente 200.00
    Deudas a largo plazo con entidades de crédito 200.00
  Pasivo corriente 19.00
    Hacienda Pública, IVA repercutido 19.00
Equity
  Capital social 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Ingresos de explotación 100.00
    Importe neto de la cifra de negocios 100.00
      Ventas de mercaderías 100.00
Expenses
  Gastos de explotación 50.00
    Servicios exteriores y tributos 50.00
      Arrendamientos y cánones 50.00
""",
    "household-en": """
Assets
  Cash and bank 850.00
    Checking account 850.00
  Money lent 119.00
    Friends and family 119.00
  Possessions 300.00
    Car 300.00
Liabilities
  Cards and bills 19.00
    Unpaid bills 19.00
  Loans 200.00
    Car loan 200.00
Equity
  Opening 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Salary 100.00
Expenses
  Home 50.00
    Rent 50.00
""",
    "ifrs": """
Assets
  Non-current assets 300.00
    Property, plant and equipment 300.00
      Office equipment 300.00
  Current assets 969.00
    Trade and other receivables 119.00
      Trade receivables 119.00
    Cash and cash equivalents 850.00
      Bank 850.00
Liabilities
  Non-current liabilities 200.00
    Borrowings 200.00
  Current liabilities 19.00
    Output tax 19.00
Equity
  Share capital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Revenue 100.00
    Sale of goods 100.00
Expenses
  Other expenses 50.00
    Rent of short-term and low-value leases 50.00
""",
    "pcg": """
Assets
  Actif immobilisé 300.00
    Immobilisations corporelles 300.00
      Matériel de bureau et matériel informatique 300.00
  Actif circulant 969.00
    Créances 119.00
      Clients 119.00
    Disponibilités 850.00
      Banques 850.00
Liabilities
  Dettes 219.00
    Emprunts et dettes financières 200.00
      Emprunts auprès des établissements de crédit 200.00
    Dettes fiscales et sociales 19.00
      TVA collectée 19.00
Equity
  Capital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Produits d'exploitation 100.00
    Chiffre d'affaires 100.00
      Ventes de marchandises 100.00
Expenses
  Charges d'exploitation 50.00
    Services extérieurs 50.00
      Locations immobilières 50.00
""",
    "rgs": """
Assets
  Vaste activa 300.00
    Materiële vaste activa 300.00
      Bedrijfsinventaris 300.00
  Vlottende activa 969.00
    Vorderingen 119.00
      Debiteuren 119.00
    Liquide middelen 850.00
      Bank 850.00
Liabilities
  Langlopende schulden 200.00
    Financieringen 200.00
  Kortlopende schulden 19.00
    Af te dragen btw hoog tarief 19.00
Equity
  Aandelenkapitaal 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Netto-omzet 100.00
    Omzet hoog tarief 100.00
Expenses
  Overige bedrijfskosten 50.00
    Huur 50.00
""",
    "skr03": """
Assets
  Anlagevermögen 300.00
    Sachanlagen 300.00
      Büroeinrichtung 300.00
  Umlaufvermögen 969.00
    Forderungen und sonstige Vermögensgegenstände 119.00
      Forderungen aus Lieferungen und Leistungen 119.00
    Kassenbestand und Guthaben bei Kreditinstituten 850.00
      Bank 850.00
Liabilities
  Verbindlichkeiten 219.00
    Verbindlichkeiten gegenüber Kreditinstituten 200.00
    Umsatzsteuer 19 % 19.00
Equity
  Gezeichnetes Kapital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Umsatzerlöse 100.00
    Erlöse 19 % USt 100.00
Expenses
  Sonstige betriebliche Aufwendungen 50.00
    Miete (unbewegliche Wirtschaftsgüter) 50.00
""",
    "skr04": """
Assets
  Anlagevermögen 300.00
    Sachanlagen 300.00
      Büroeinrichtung 300.00
  Umlaufvermögen 969.00
    Forderungen und sonstige Vermögensgegenstände 119.00
      Forderungen aus Lieferungen und Leistungen 119.00
    Kassenbestand und Guthaben bei Kreditinstituten 850.00
      Bank 850.00
Liabilities
  Verbindlichkeiten 219.00
    Verbindlichkeiten gegenüber Kreditinstituten 200.00
    Umsatzsteuer 19 % 19.00
Equity
  Gezeichnetes Kapital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Umsatzerlöse 100.00
    Erlöse 19 % USt 100.00
Expenses
  Sonstige betriebliche Aufwendungen 50.00
    Miete (unbewegliche Wirtschaftsgüter) 50.00
""",
    "small-business-en": """
Assets
  Current assets 969.00
    Cash and bank 850.00
      Checking account 850.00
    Receivables 119.00
      Accounts receivable 119.00
  Fixed assets 300.00
    Furniture and fixtures 300.00
Liabilities
  Current liabilities 19.00
    Sales tax collected 19.00
  Long-term liabilities 200.00
    Bank loan 200.00
Equity
  Owner's capital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Sales 100.00
    Sales of goods 100.00
Expenses
  Premises 50.00
    Rent 50.00
""",
    "small-shop": """
Assets
  Bank 850.00
    Current 850.00
  Receivables 119.00
    Trade debtors 119.00
  Equipment 300.00
    Shop fittings 300.00
Liabilities
  VAT 19.00
    Output VAT 19.00
  Loans 200.00
    Bank loan 200.00
Equity
  Capital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Sales 100.00
    Stationery 100.00
Expenses
  Premises 50.00
    Rent 50.00
""",
    "uk-small-business": """
Assets
  Fixed assets 300.00
    Tangible assets 300.00
      Fixtures and fittings 300.00
  Current assets 969.00
    Debtors 119.00
      Trade debtors 119.00
    Cash at bank and in hand 850.00
      Bank current account 850.00
Liabilities
  Creditors due within one year 19.00
    VAT on sales 19.00
  Creditors due after more than one year 200.00
    Bank loan 200.00
Equity
  Called up share capital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
Income
  Turnover 100.00
    Sales of goods 100.00
Expenses
  Administrative expenses 50.00
    Premises 50.00
      Rent 50.00
""",
}

HEADINGS = {
    "skr03": """
Anlagevermögen
  Immaterielle Vermögensgegenstände
  Sachanlagen
  Finanzanlagen
Umlaufvermögen
  Vorräte
  Forderungen und sonstige Vermögensgegenstände
  Kassenbestand und Guthaben bei Kreditinstituten
Rechnungsabgrenzungsposten
Rückstellungen
Verbindlichkeiten
Passive Rechnungsabgrenzungsposten
Umsatzerlöse
Sonstige betriebliche Erträge
Zinsen und ähnliche Erträge
Materialaufwand
Personalaufwand
Abschreibungen
Sonstige betriebliche Aufwendungen
Zinsen und ähnliche Aufwendungen
Steuern vom Einkommen und vom Ertrag
Sonstige Steuern
""",
    "pcg": """
Actif immobilisé
  Immobilisations incorporelles
  Immobilisations corporelles
  Immobilisations financières
Actif circulant
  Stocks et en-cours
  Créances
  Valeurs mobilières de placement
  Disponibilités
Comptes de régularisation
Provisions
Dettes
  Emprunts et dettes financières
  Fournisseurs et clients
  Dettes fiscales et sociales
  Autres dettes
Comptes de régularisation
Produits d'exploitation
  Chiffre d'affaires
  Autres produits d'exploitation
Produits financiers
Produits exceptionnels
Charges d'exploitation
  Achats
  Services extérieurs
  Impôts, taxes et versements assimilés
  Charges de personnel
  Autres charges de gestion courante
  Dotations aux amortissements, dépréciations et provisions
Charges financières
Charges exceptionnelles
Participation des salariés et impôts sur les bénéfices
""",
    "bas": """
Anläggningstillgångar
  Immateriella anläggningstillgångar
  Materiella anläggningstillgångar
  Finansiella anläggningstillgångar
Omsättningstillgångar
  Varulager m.m.
  Kortfristiga fordringar
  Kortfristiga placeringar
  Kassa och bank
Obeskattade reserver
Avsättningar
Långfristiga skulder
Kortfristiga skulder
Nettoomsättning
Övriga rörelseintäkter
Finansiella intäkter
Råvaror, förnödenheter och handelsvaror
Övriga externa kostnader
Personalkostnader
Av- och nedskrivningar
Övriga rörelsekostnader
Finansiella kostnader
Bokslutsdispositioner
Skatter
""",
    "rgs": """
Vaste activa
  Immateriële vaste activa
  Materiële vaste activa
  Financiële vaste activa
Vlottende activa
  Voorraden
  Vorderingen
  Effecten
  Liquide middelen
Voorzieningen
Langlopende schulden
Kortlopende schulden
Netto-omzet
Overige bedrijfsopbrengsten
Financiële baten
Inkoopwaarde van de omzet
Personeelskosten
Afschrijvingen
Overige bedrijfskosten
Financiële lasten
Belastingen
""",
    "es-pymes": """
Activo no corriente
  Inmovilizado intangible
  Inmovilizado material
  Inversiones inmobiliarias
  Inversiones financieras a largo plazo
Activo corriente
  Existencias
  Deudores comerciales y otras cuentas a cobrar
  Inversiones financieras a corto plazo
  Periodificaciones a corto plazo
  Efectivo y otros activos líquidos equivalentes
Pasivo no corriente
Pasivo corriente
Ingresos de explotación
  Importe neto de la cifra de negocios
  Otros ingresos de explotación
Ingresos financieros
Gastos de explotación
  Aprovisionamientos
  Servicios exteriores y tributos
  Gastos de personal
  Otros gastos de gestión
  Amortización del inmovilizado
Gastos financieros
Impuesto sobre beneficios
""",
    "uk-small-business": """
Fixed assets
  Intangible assets
  Tangible assets
  Investments
Current assets
  Stocks
  Debtors
  Cash at bank and in hand
Creditors due within one year
Creditors due after more than one year
Provisions for liabilities
Turnover
Other operating income
Interest receivable
Cost of sales
Distribution costs
Administrative expenses
  Staff
  Premises
  Motor and travel
  Office
  Professional and finance
  Depreciation and amortisation
Interest payable
Tax on profit
""",
}
HEADINGS["skr04"] = HEADINGS["skr03"]
